"""What a person has agreed to, refused and taken back.

In:  a purpose, its scope, the words that were shown, who signed and the evidence.
Out: entries that are never edited, and whether something is allowed at a moment.
Never: a guess: no entry means not allowed.
"""
