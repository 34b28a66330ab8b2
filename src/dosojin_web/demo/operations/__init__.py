"""Fills an empty database with a made-up scheme.

In:  a moment; an empty database.
Out: organisations, a master policy, people, certificates in every state.
Never: a row in a database that holds anything real.
"""
