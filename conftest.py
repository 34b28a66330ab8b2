"""What every test shares, whichever folder is asked for: see tests/parts.py."""

pytest_plugins = ["tests.parts"]
