"""What is said when a form of log-in cannot be taken: what is wrong, and what to do."""

from typing import Any

from django.utils.translation import gettext

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


def _word_fault(field: str, code: str, message: str) -> str:
    if code == "required":
        return _word_missing(field)
    if field == "email":
        return gettext("Enter an e-mail address such as name@example.ac.jp.")
    if field == "password2":
        return gettext("The two passwords differ. Enter the same one twice.")
    return message


def collect_faults(form: Any, first_field: str) -> list[Fault]:
    """All faults of a bound form; what concerns no single field stands at ``first_field``."""
    faults = []
    for name, problems in form.errors.as_data().items():
        field = first_field if name == "__all__" else name
        for problem in problems:
            message = " ".join(problem.messages)
            faults.append(Fault(field, _word_fault(field, problem.code or "", message)))
    return faults
