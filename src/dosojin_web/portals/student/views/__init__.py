"""The pages of a student.

In:  a request, a seat, the reader's own trip, the moment.
Out: pages and redirects; what an operation refuses is said beside its field.
Never: a rule, or a write on GET but for asking the card company how a payment stands.
"""
