"""What is done with authority: granted and ended, approvals asked for and decided.

In:  acts, amounts in yen, who asks, who checks, the moment.
Out: profiles, approvals, decisions, each an entry that stays.
Never: a decision by whom it was made.
"""
