"""Letters by mail, written now and sent by the worker.

In:  a template, an address, what it shows. A template extends ``mail/base.txt``; its first line is
     the subject.
Out: messages in an outbox, kept as they were sent; in demonstration mode they are shown on a page.
Never: a message sent inside a transaction that may still fail, or one that is lost.
"""
