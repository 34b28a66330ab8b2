"""What is done in this slice: one module for each act, named for it.

In:  records, an ``Actor``, the moment.
Out: records changed in one transaction, with an entry and an audit event; ``Refused`` with faults
     by field, ``Stale`` when another was faster, ``NotYours`` when maker and checker are one.
Never: a clock, a request, a template.
"""
