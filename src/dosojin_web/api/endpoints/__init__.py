"""The operations of the interface, a module for each subject.

In:  requests whose shape, size and role have been checked.
Out: answers in the shapes of ``api.shapes``.
Never: a rule of insurance, or a right that the pages do not give.
"""
