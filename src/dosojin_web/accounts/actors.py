"""Who did something: what every operation is told and the audit trail keeps."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Actor:
    """A user in a role, or the system itself; ``label`` is for readers and names no person."""

    user_id: int | None
    role: str
    label: str

    @property
    def who(self) -> str:
        """``user:12``, or ``system``."""
        return "system" if self.user_id is None else f"user:{self.user_id}"


def actor_of(user: AbstractBaseUser) -> Actor:
    """A person who acts on the own account, from no seat."""
    return Actor(user.pk, "self", "account holder")


SYSTEM = Actor(None, "system", "system")
