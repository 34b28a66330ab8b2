"""Double entry in whole yen.

In:  entries with lines that add up to zero.
Out: balances by account and by reference; each co-insurer's share.
Never: an edited line: a correction is a new entry.
"""
