"""The pages of an insurer.

In:  a request and a seat of that role.
Out: pages and files with this insurer's own share.
Never: what another insurer gets, or the name of anybody insured.
"""
