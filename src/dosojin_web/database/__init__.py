"""What the slices ask of a database, on SQLite and PostgreSQL alike.

In:  models.
Out: tables that take no change (`append_only`), texts and files that are encrypted
     (`encrypted_text`, `sealed_files`), rows that workers share without doing one twice (`leases`).
Never: a table of its own.
"""
