"""What can be done with a claim on the workbench; one module for each operation.

In:  answers as they were sent, and claims. Out: a claim, changed and kept, or all that is wrong.
Never: a page, or a word to the engine but through ``mapping.py``.
"""
