"""What is done with consents: given, refused, taken back; each an entry that stays.

In:  a person, a purpose, who signed in which language, the actor, the moment.
Out: entries; the same thing said again is the entry that stands.
Never: an entry for words that were not shown.
"""
