"""The forms of log-in, where allauth's own ask for something else."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from .student_log_in import make_username


class StudentLoginForm(LoginForm):  # type: ignore[misc]
    """A student number at one university, and a password."""

    def __init__(self, *args: Any, university_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.university_code = university_code

    def user_credentials(self) -> dict[str, Any]:
        """The user name that the number stands for, and the password."""
        return {
            "username": make_username(self.university_code, self.cleaned_data["login"]),
            "password": self.cleaned_data["password"],
        }


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key that opens the account by itself: allauth's form, with nothing to decide."""

    passwordless = forms.BooleanField(required=False, initial=True)
