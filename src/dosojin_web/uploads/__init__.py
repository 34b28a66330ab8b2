"""Files that people send.

In:  bytes and a purpose.
Out: files whose type was read from their content, kept outside the web root.
Never: a file that is executed, or served as anything but a download.
"""
