"""A made-up scheme, to look at and to try.

In:  an empty database marked as a demonstration.
Out: three universities, two hundred certificates, and a door for each role.
Never: anything where real data could be.
"""
