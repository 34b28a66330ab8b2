"""What can be done with deadlines.

In:  a kind and a key, or a moment. Out: the deadline, or how many have happened.
Never: an effect outside the transaction that marks its deadline done.
"""
