"""The benefits of the family, one module for each part of the wording.

In: an edition's figures and the variations it names.
Out: benefits as plain data: grants and exclusions in wording order, then the tree of money.
Never: a number of the wording (figures stand in the edition's TOML), a concrete claim, evaluation.

Clauses that several benefits say in the same way are written once, in `exclusions` beside this
folder; the wording's defined terms are in `definitions`.
"""
