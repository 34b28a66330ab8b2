"""What has to happen at a time, once.

In:  a kind, a key, a moment.
Out: the effect, in one transaction with the note that it has happened.
Never: a second firing, whoever is killed.
"""
