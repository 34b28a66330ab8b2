"""学研災付帯海外留学保険, the study-abroad insurance linked to the students' accident scheme.

In: nothing; this is where the family's wording and figures live.
Out: editions 2026 (plans A to F with published premiums) and 2025 (sums on the certificate, no
published tariff): clauses as modules, figures as TOML, premiums as CSV, worked cases as YAML.
Never: imported by name from anywhere else, and never imports a clause module by itself.
"""
