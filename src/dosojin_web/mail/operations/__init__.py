"""What can be done with letters: queue one, send those that wait, list those that failed.

In:  a template and what it shows, or a moment. Out: letters in the outbox, or how many were sent.
Never: a letter changed after it was queued.
"""
