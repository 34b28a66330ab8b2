"""What is done with files that people send.

In:  a file as it comes from a form, its purpose, the actor, the moment.
Out: an upload whose bytes lie on the disk, checked.
Never: a file kept that was refused.
"""
