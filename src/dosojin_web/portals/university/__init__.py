"""A university's study trips, their rosters, and who has enrolled.

In:  a seat in the university office.
Out: pages and CSV files about this university's own study trips and students.
Never: another university's record, which answers 404; a plan, a premium, an answer of a student,
       the reason of a change, or anything of a claim.
"""
