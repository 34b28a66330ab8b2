"""What a portfolio brought in and paid: loss ratios, and the discount that they earn.

Comes in: the policies of a portfolio with their premiums, and the decisions of a run on it. Goes
out: exact sums by year of inception, plan and premium band, loss ratios at least and at most, and
the discount by a scale.
Never: a premium, a payout or a scale of its own making without saying so. A premium that is not
stated is the tariff's, and counted; nothing is rounded before it is shown.
"""
