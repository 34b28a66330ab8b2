"""Money by card.

In:  an amount, what it is for, a key.
Out: checkouts, what the payment provider reports of them, refunds.
Never: a card number; a second charge for one key.
"""
