"""The design system: every element that pages are made of, and the page that shows them all.

In:  plain values (``shapes.py``) from any slice's view, through the template tags in
     ``dosojin_web/templatetags``: ``fields`` to ask, ``layout`` to show, ``money`` for yen.
Out: HTML that needs no script, in the reader's language, in light and dark.
     ``/components/`` is the place to look first; its samples also feed the accessibility tests.
Never: a word about one product, a look-up in the database, or a decision.
"""
