"""The elements as template tags: ``fields`` asks, ``layout`` shows, ``money`` speaks of yen,
``portals`` lists.

All four are built in: a template needs no ``{% load %}``. Each tag's Python signature is its
list of parameters; ``/components/`` shows every one.
"""
