"""The pages of the auditor: everything, read only.

In:  a request and a seat of that role.
Out: pages. Every view takes GET and HEAD alone.
Never: a write of any kind, a password, or an address that opens something.
"""
