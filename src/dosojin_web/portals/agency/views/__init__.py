"""The pages of the agency.

In:  a request from a seat at an agency.
Out: pages; after an act, the way back to the page with a message.
Never: an act of its own: operations act.
"""
