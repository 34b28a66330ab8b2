"""The same for programs, with a published OpenAPI description.

In:  JSON over HTTP, a session or a token.
Out: quotes, decisions, and what each role may read.
Never: a right that the pages do not give.
"""
