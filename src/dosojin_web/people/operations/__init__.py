"""What is done with persons.

In:  details as people entered them, the actor, the moment.
Out: persons, with the index of their names brought along and the old values kept.
Never: a person deleted, or found without its key by a name in clear.
"""
