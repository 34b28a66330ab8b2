"""Letters by mail, written now and sent by the worker.

In:  a template, an address, what it shows.
Out: messages in an outbox, sent once; in development they are shown on a page.
Never: a message sent inside a transaction that may still fail.
"""
