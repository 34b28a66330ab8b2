"""Persons: names, birth date, telephone, encrypted field by field.

In:  what people say of themselves.
Out: persons, found by exact and partial name without a name in clear in the database.
Never: a role, a password, a claim.
"""
