"""The faces of Dosojin in a browser: Django, one slice for each job.

In:  HTTP requests of people; the engine's decisions, through each slice's ``mapping.py``.
Out: pages in Japanese and English that work without JavaScript, and enhanced where it is there.
Here stand what all slices share: settings, addresses, middleware, the design system
(``static/``, ``templates/``, ``templatetags/``) and its page of every element (``components/``).
Never: a rule of insurance, a figure of a wording, or arithmetic with money; those are the engine's.
"""
