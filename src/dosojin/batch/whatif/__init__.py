"""What a change of the terms would do to a whole portfolio.

Comes in: claims as columns, and two wordings: an edition with some of its figures replaced, or two
editions. Goes out: a `Comparison` in whole yen (totals, how far claims move, which clause takes how
much more or less, loss ratios, the claims that move most), as JSON, as text, and as one HTML page.
Never: rules of its own. Each side is lowered and decided as any other edition is; what is certain
and what is possible are kept apart throughout.
"""
