"""Who did what and when, in a chain of hashes.

In:  an actor, an act, what it was about.
Out: events that cannot be changed unseen, and their verification.
Never: personal data; an event names ids.
"""
