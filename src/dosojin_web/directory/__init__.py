"""Organisations, and how to reach them.

In:  universities, policyholders, agencies, insurers; contacts of a product, as data.
Out: who they are, when they can be reached, which universities have adopted the scheme.
Never: a person.
"""
