"""A stand-in for the card payment provider, on this machine only; for development and tests.

In:  the calls that our SDK makes (checkouts, payment intents, refunds), with idempotency keys.
Out: answers in the provider's shapes, a hosted payment page, signed webhooks that can be made to
     come late, twice, out of order or never.
``till.py`` holds the state, ``api.py`` answers the SDK, ``pages.py`` the browser, ``postman.py``
sends the events, ``server.py`` listens. Nothing but the standard library, and no Django.
Never: a card number, a real charge, or a listener that another machine can reach.
"""
