"""The public pages of the directory.

In:  the contacts of an edition, the moment, the reader's zone.
Out: pages.
Never: anything about a person.
"""
