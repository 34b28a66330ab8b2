"""What has to happen at a time, once.

In:  a kind, a key, a moment, and what the effect needs to know. A slice registers its kinds in its
     ``deadline_kinds.py``, and what the worker repeats in its ``rounds.py``.
Out: the effect, in one transaction with the note that it has happened. What keeps failing stays in
     the table with its error, for a person to look at.
Never: a second effect, whoever is killed and whenever; nor a deadline that is lost.
"""
