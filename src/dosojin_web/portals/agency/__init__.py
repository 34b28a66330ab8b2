"""Extensions, proxies, referrals.

In:  a seat of this role.
Out: pages.
Never: another person's object: that answers 404.
"""
