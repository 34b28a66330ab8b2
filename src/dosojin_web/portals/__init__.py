"""One portal for each role, each showing exactly its part.

In:  a seat (`accounts`), the operations of the slices.
Out: pages in Japanese and English.
Never: a rule; what a page may show or do is asked of the slice that owns it.
"""
