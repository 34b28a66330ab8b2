"""What can be done with the audit log.

In:  what somebody did; or the whole chain.
Out: an event; or what is wrong with the chain.
Never: a change of an event.
"""
