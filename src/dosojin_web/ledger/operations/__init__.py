"""What can be done with the ledger.

In:  lines that add up to zero, and a key.
Out: a sealed entry, the same one for the same key.
Never: a change of an entry.
"""
