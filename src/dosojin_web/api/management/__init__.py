"""Commands for those who run the site.

In:  the name of a user and a role. Out: a token, shown once.
Never: a token that was made before.
"""
