"""A student's own trip and cover.

In:  a seat of this role.
Out: pages: one thing a page, answers kept, each step open again until the premium is paid.
Never: another person's object: that answers 404.
"""
