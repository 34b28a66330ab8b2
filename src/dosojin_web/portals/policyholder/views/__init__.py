"""The pages of the policyholder.

In:  a request and a seat of that role.
Out: pages; a decision on a request, through ``policies.operations.decide_change``.
Never: a certificate, member or request of another policyholder's contract: those answer 404.
"""
