"""The workbench: one claim, from the contract to the decision and its reasons.

In:  a person's answers, step by step; they are kept as a claim in the form of a claim file.
Out: pages that ask what still matters and show what is certain, what is possible and why.
``mapping.py`` is the only door to the engine. No log-in: a claim's address cannot be guessed.
Never: a rule of insurance. What is covered and how much, the engine says.
"""
