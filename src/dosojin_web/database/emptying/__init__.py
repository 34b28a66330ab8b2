"""How the tests empty tables that take no DELETE.

In:  Django's ``flush`` after each test that commits.
Out: empty tables, with the same triggers as before.
Never: a part of a running site; only ``settings.test`` installs it.
"""
