"""The front page of a demonstration and its doors.

In:  a request, in demonstration mode over a database that was filled for it.
Out: a page that says what there is to see; a session as one of the personas.
Never: anything at all where the database is real.
"""
