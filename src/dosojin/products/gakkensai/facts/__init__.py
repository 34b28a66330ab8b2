"""What the family asks of a certificate, a traveller and what happened.

In: nothing.
Out: facts in the order in which they are asked: `policy` (the certificate), `body` (the trip,
injury, illness, death, rescue), `property` (liability, belongings), `travel` (delays, altered
trips), and in `checks` what every possible claim obeys.
Never: what a fact decides (clauses do that), or a number of the wording.
"""
