"""Money by card, through a hosted checkout.

In:  an amount in whole yen, what it is for, a key; signed events of the payment provider.
Out: checkouts to send the browser to, payments that succeeded or did not, refunds.
A slice that asks for money registers what happens then (``purposes.py``); it is told once, in the
transaction that marks the payment. What is paid for is paid once, whatever the number of tries.
``provider.py`` is the only module that knows the SDK; ``fake/`` stands in for the provider in
development and tests.
Never: a card number; a second charge for one reference; a posting to the ledger.
"""
