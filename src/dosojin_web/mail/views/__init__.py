"""The development pages: what was sent, as its reader sees it.

In:  a request, in demonstration mode. Out: the outbox, one letter, an attachment.
Never: anything without demonstration mode, and never a change.
"""
