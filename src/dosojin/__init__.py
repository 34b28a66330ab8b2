"""Dosojin: the open core for overseas travel insurance.

Comes in: an insurance wording as terms, the figures of one edition, and one occurrence as facts
and expenses.
Goes out: a decision that explains itself: verdict, what is certain, what is possible, the clause
that says so, and the question to ask next.
Never: reads a clock or the network, guesses a missing fact, uses a float for money, imports Django.
"""
