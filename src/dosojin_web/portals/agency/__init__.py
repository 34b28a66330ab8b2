"""What the agency does: it quotes loadings, checks extensions, takes calls, records transfers.

In:  a seat at an agency.
Out: a list of what waits, most urgent first, and a page for each thing that can be decided.
Never: a record of another agency's scheme: that answers 404; a decision on what one entered.
"""
