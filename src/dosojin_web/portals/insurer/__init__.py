"""An insurer's own share.

In:  a seat of this role.
Out: pages.
Never: another person's object: that answers 404.
"""
