"""Facts: what can be known of a policy, a person, an occurrence or a receipt, and how to ask.

In: declarations, each made once (name, owner, kind, unit, domain, question, proof).
Out: typed facts, and expressions over them that a wording combines into clauses.
Never: values of a concrete claim (adjudication holds those), evaluation, products.

An expression only describes a test. It has no truth of its own, so Python's `and`, `or`, `if`
refuse it; `==` compares structure.
"""
