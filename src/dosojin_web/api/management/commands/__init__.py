"""Commands for those who work on the site, run as ``dosojin-web COMMAND``.

In:  the sources of this package. Out: files in it, brought up to date.
Never: anything that a running site needs.
"""
