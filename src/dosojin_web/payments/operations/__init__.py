"""What can be done with payments and refunds; one module for each operation.

In:  keys, amounts in yen, the actor, the moment; bodies that the provider signed.
Out: payments and refunds as they stand afterwards. Each can be called again without harm.
Never: the clock, a page, or the network while a row is locked.
"""
