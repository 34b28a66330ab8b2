"""The page for people who write programs.

In:  requests.
Out: a page made from the OpenAPI description.
Never: an operation that the description does not name.
"""
