"""The one act of this slice: saying what the database is for.

In:  the kind, and when it was decided.
Out: the one row that says so.
Never: a second row.
"""
