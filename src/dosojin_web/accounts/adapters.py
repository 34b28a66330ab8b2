"""What allauth asks this site: its words, its mail, and what becomes of an invitation."""

import uuid
from contextlib import suppress
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.mail.operations.queue_mail import NoMailAddress, queue_mail

from .models import User
from .sealing import seal, unseal
from .student_log_in import read_student_number

SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Your password has been changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password has been set."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey has been removed."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app has been removed."),
}
"""What is said on the next page; log-in and log-out show for themselves that they happened."""

TOO_MANY = gettext_lazy("Too many attempts. Wait five minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in and passwords."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed."),
        "enter_current_password": gettext_lazy(
            "This is not your present password. Please enter it again."
        ),
        "incorrect_password": gettext_lazy("This is not your password. Please enter it again."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "username_password_mismatch": gettext_lazy(
            "User name or student number and password do not match. Check both and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened by invitation."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keeps an own password; the invitation is answered."""
        user.set_password(password)
        user.must_choose_secret = False
        user.save(update_fields=["password", "must_choose_secret"])

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Says what is wrong, and of what went well only what no page shows by itself."""
        said = message or (str(SAID[message_template]) if message_template in SAID else "")
        if said:
            super().add_message(request, level, message=said, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queues one of our own letters; ``template_prefix`` is allauth's name for it."""
        name = template_prefix.rsplit("/", 1)[1]
        user = context.get("user")
        queue_mail(
            key=f"accounts:{name}:{uuid.uuid4()}",
            template=f"accounts/mail/{name}",
            to=email,
            context={
                "address": str(context.get("password_reset_url", "")),
                "log_in_name": read_student_number(user.username) if user else "",
                "at": timezone.now().isoformat(),
            },
            language="ja" if get_language() == "ja" else "en",
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells the holder of an account that something about its secrets has changed."""
        to = email or EmailAddress.objects.get_primary_email(user)
        if to:
            # A roster's bad address must not keep its owner from changing a password.
            with suppress(NoMailAddress):
                self.send_mail(template_prefix, to, {"user": user})


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys, the authenticator app, recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not valid now. Enter the one that the app shows at present."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seals what an authenticator app and recovery codes are made from."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Opens what ``encrypt`` sealed."""
        return unseal(encrypted_text)

    def _get_user_identifier(self, user: User) -> str:
        return read_student_number(user.username)

    def _get_site_name(self) -> str:
        return gettext("Dosojin")

    def build_totp_svg(self, url: str) -> str:
        """The QR code as part of the page: an image of its own would need a data: address."""
        return segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff", dark="#000")

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """A first name for a passkey, which its owner can change."""
        return gettext("Passkey of %(day)s") % {"day": timezone.localdate().isoformat()}
