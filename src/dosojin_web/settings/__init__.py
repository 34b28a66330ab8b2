"""Django's settings.

``base`` holds what is true everywhere, ``run`` what a server needs (secret key, hosts), ``test``
what the tests need. In: environment variables named ``DOSOJIN_…``, each with a working default.
Out: settings. Never: a secret in the repository, or a setting that depends on who is asking.
"""
