"""Who may decide about how much, and that nobody checks himself.

In:  acts with an amount in yen, the person who made them, profiles.
Out: whether an approval is needed, and the approvals.
Never: an approval by the maker.
"""
