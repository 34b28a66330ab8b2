"""Members, premiums, requests to confirm.

In:  a seat of this role.
Out: pages.
Never: another person's object: that answers 404.
"""
