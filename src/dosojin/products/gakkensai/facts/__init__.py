"""What the family asks of a certificate, a traveller and what happened.

In: nothing.
Out: facts: `policy` (the certificate), `body` (the trip, injury, illness, death, rescue; its words
in `words`), `property` (liability, belongings), `travel` (delays), `alteration` (trips given up or
broken off); all of them in asking order in `vocabulary`, and in `checks` what every possible claim
obeys.
Never: what a fact decides (clauses do that), or a number of the wording.
"""
