"""Claims as tables: policies, occurrences and receipts, in Parquet, Arrow IPC or CSV.

Comes in: tables as people have them, or claims as mappings. Goes out: the planes that kernels read
(`batch.columns`), a list of the rows that cannot be taken and why, or claims as mappings again.
Never: a guess. An absent or empty cell is a fact not stated, `unknown` one stated as not known.
"""
