"""Who may come in: users, their roles at an organisation, passwords, passkeys.

In:  requests with a log-in; appointments that an office gives.
Out: the seat a person takes: user, role, organisation.
Never: a decision of what a role may do with an object; that stands beside the object.
"""
