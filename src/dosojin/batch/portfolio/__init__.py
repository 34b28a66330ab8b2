"""A plausible portfolio, drawn from a seed: policies, what befell them, and the bills.

Comes in: an edition with a published tariff, a number of policies, a seed, `assumptions.toml`.
Goes out: partitions in the layout of docs/columns.md, three Parquet files each; the same seed
gives the same bytes, whatever was written before and by however many processes.
Never: a float, a clock, a decision, a premium of its own (the tariff's are taken), a name of a
fact: what is drawn of which fact stands in `assumptions.toml`, and all of it is assumed.
"""
