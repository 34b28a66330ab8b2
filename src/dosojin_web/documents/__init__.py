"""Letters and certificates as PDF.

In:  the values that a document shows.
Out: PDF/A, the same bytes for the same values; each kept with its digest.
Never: a value worked out here, or a document changed after it was issued.
"""
