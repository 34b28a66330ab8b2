"""The small exact things everything else is made of.

In: Python integers, dates, strings as people write them.
Out: truths (yes, no, unknown), spans of yen, civil periods, moments, problems, canonical bytes.
Never: floats, clocks, time-zone databases, input or output.

Every value is immutable. Whatever cannot be told stays UNKNOWN; it never turns into no.
"""
