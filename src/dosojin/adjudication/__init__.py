"""Decides: terms and facts in, a decision out.

In: an edition, one certificate, all that is known of one occurrence, what other occurrences used
up, and the day on which that is known.
Out: verdicts, spans of yen, the clauses with their truths, the flow of money, ranked questions.
Never: clocks, files of the system, networks, prose. The same input gives the same bytes.
"""
