"""Explains: a decision in, prose, waterfall and flows of money out, in Japanese or English.

In: an edition, a claim and the decision made on it, and a language.
Out: a `Page` of headings, sentences, lists and tables that any face can show; its plain text; the
flows of a Sankey picture and the steps of a waterfall, both exact to the yen.
Never: decides, rounds, reads a clock, or says anything that the decision does not carry. Every
loss of money names its clause.
"""
