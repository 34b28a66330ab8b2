"""The same terms over columns.

Comes in: claims as columns (policies, occurrences, receipts) in Parquet, Arrow IPC or CSV, and an
edition in its lowered form. Goes out: for every claim and benefit the plain bounds that a single
decision starts from: amounts at worst and at best, verdict, deciding clause, what limits used.
Never: rules of its own. Kernels are written from the lowered form, and what they cannot fold goes
through the very evaluator that decides single claims, counted and reported.
"""
