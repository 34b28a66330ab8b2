"""The pages of log-in, of the account, and of the choice of a seat.

In:  what a person types or a passkey says.
Out: pages; a session.
Never: a rule of allauth's own: its views decide, these give them words and our design.
"""
