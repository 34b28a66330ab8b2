"""Pages that need no log-in: quotes, and whether a certificate is valid.

In:  requests.
Out: pages.
Never: anything about a person.
"""
