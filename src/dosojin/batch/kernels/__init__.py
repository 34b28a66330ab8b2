"""Kernels: one benefit of an edition over many claims at once.

Comes in: the lowered form of an edition and claims as columns. Goes out: a graph of steps that two
back ends run, NumPy array by array and numba compiled to machine code; both give for each claim
the bounds, the verdict, the deciding clause and what limits used. Never: a meaning of its own; what
cannot be folded into steps is refused here (`Unfoldable`) and goes through the single evaluator.
"""
