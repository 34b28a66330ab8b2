"""Whether this database holds real people or made-up ones.

In:  the first act that decides it: the fill of the demonstration, or the first appointment.
Out: demonstration mode, or its refusal.
Never: a database that is both, or that changes from one to the other.
"""
