"""A whole portfolio decided, partition by partition, and what that leaves on the disk.

Comes in: the place of a portfolio (folders of tables, or a nested Parquet file), an edition, and
what is asked for. Goes out: decisions in Parquet, rejects with their reasons, a summary of what
was counted in and out, and on demand a sample explained one by one.
Never: a file that is half written, or a byte that depends on when, where, by how many or how often
the work was done; a run that was stopped goes on. Who decides a partition is a `Runner`'s business:
threads and processes are here, Spark in `batch.spark`.
"""
