"""What the slices ask of a database, on SQLite and PostgreSQL alike.

In:  models.
Out: tables that take no change (`append_only`), texts that are encrypted (`encrypted_text`).
Never: a table of its own.
"""
