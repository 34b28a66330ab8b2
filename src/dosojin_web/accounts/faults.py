"""What is said when a form of log-in cannot be taken: what is wrong, and what to do."""

from typing import Any

from django.utils.translation import get_language, gettext

from dosojin_web.components.shapes import Fault


def _word_missing(field: str) -> str:
    words = {
        "login": gettext("Enter your user name or student number."),
        "password": gettext("Enter your password."),
        "oldpassword": gettext("Enter your present password."),
        "password1": gettext("Enter a new password."),
        "password2": gettext("Enter the new password once more."),
        "email": gettext("Enter your e-mail address."),
        "code": gettext("Enter the code."),
        "name": gettext("Enter a name for the passkey."),
        "credential": gettext("The passkey did not answer. Please try again."),
    }
    return words[field]


def _word_weakness() -> dict[str, str]:
    """By the code of Django's validators."""
    return {
        "password_too_short": gettext("Use at least 10 characters."),
        "password_too_common": gettext("This password is easy to guess. Choose another one."),
        "password_entirely_numeric": gettext("Use letters as well as digits."),
        "password_too_similar": gettext("It is too much like your name or address. Change it."),
    }


def _word_fault(field: str, code: str, message: str) -> str:
    if code == "required":
        return _word_missing(field)
    if field == "email":
        return gettext("Enter an e-mail address such as name@example.ac.jp.")
    if code in (weak := _word_weakness()):
        return weak[code]
    if field == "password2":
        return gettext("The two passwords differ. Enter the same one twice.")
    return message


def collect_faults(form: Any, first_field: str) -> list[Fault]:
    """One fault a field of a bound form; what concerns no single one stands at ``first_field``."""
    faults = []
    between = "" if get_language() == "ja" else " "
    for name, problems in form.errors.as_data().items():
        field = first_field if name == "__all__" else name
        words = [
            _word_fault(field, problem.code or "", " ".join(problem.messages))
            for problem in problems
        ]
        faults.append(Fault(field, between.join(dict.fromkeys(words))))
    return faults
