"""What is done with documents.

In:  sheets.
Out: their bytes (`render_document`), documents that are kept (`issue_document`, `open_document`).
Never: a value that is not in the sheet, or a document changed after it was issued.
"""
