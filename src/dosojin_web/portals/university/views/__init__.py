"""What the university office sees and does.

In:  requests from a seat in the office of one university.
Out: pages, CSV files, and calls of the operations of ``policies``.
Never: a rule of its own, or another university's record.
"""
