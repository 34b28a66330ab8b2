"""What can be done with a token: created, used, revoked.

In:  an appointment and a name, or the secret of a token; who acts, and when.
Out: a token with its secret, shown once; the seat that a secret opens.
Never: a secret that is kept.
"""
