"""Django's SQLite with a queue in which nobody is forgotten.

In:  transactions that begin with BEGIN IMMEDIATE, from as many processes as there are.
Out: each gets the one pen that SQLite has, or "database is locked" after the setting ``timeout``.
Never: anything else than Django's own backend, of which this is the name in ``ENGINE``.
"""
