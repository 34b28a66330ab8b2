"""What a wording is made of: figures, clauses, money trees, benefits, editions.

In: the modules and TOML of a product family.
Out: editions as plain data, and one lowered form of each that every evaluator reads.
Never: the facts of a claim, evaluation, rates of exchange, prose of a decision.

A benefit is a tree: money enters at the leaves, every node above only takes money away, citing
its clause; the root is the payout. Lint says what a wording forgot.
"""
