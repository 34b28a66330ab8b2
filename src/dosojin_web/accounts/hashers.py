"""How the password of an invitation is kept.

It is drawn at random, so stretching it would protect nothing, and a roster of 20,000 students
would take hours. At the first log-in Django rewrites it with the ordinary hasher.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class InitialPasswordHasher(PBKDF2PasswordHasher):
    """One round, for random passwords only."""

    algorithm = "initial_pbkdf2_sha256"
    iterations = 1

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is the password; a wrong one takes as long as for any other account."""
        if super().verify(password, encoded):
            return True
        ordinary = PBKDF2PasswordHasher()
        ordinary.encode(password, ordinary.salt())
        return False

    def must_update(self, encoded: str) -> bool:
        """Never by itself: the ordinary hasher takes over at the first log-in."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """``verify`` has taken the time already."""
