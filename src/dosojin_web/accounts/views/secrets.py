"""Passwords, passkeys and codes: allauth's pages, with faults said our way."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from .refusals import Refusing

SECRETS = "#secrets"


def _secrets_address() -> str:
    return reverse("accounts:home") + SECRETS


class ChangePassword(Refusing, account_views.PasswordChangeView):  # type: ignore[misc]
    """From the present password to a new one."""

    first_field = "oldpassword"

    def get_default_success_url(self) -> str:
        return _secrets_address()


class SetPassword(Refusing, account_views.PasswordSetView):  # type: ignore[misc]
    """A first password, for whoever has come in by passkey so far."""

    first_field = "password1"

    def get_default_success_url(self) -> str:
        return _secrets_address()


class AskForReset(Refusing, account_views.PasswordResetView):  # type: ignore[misc]
    """A link by mail."""

    first_field = "email"


class Reset(Refusing, account_views.PasswordResetFromKeyView):  # type: ignore[misc]
    """What the link leads to."""

    first_field = "password1"


class ConfirmPassword(Refusing, account_views.ReauthenticateView):  # type: ignore[misc]
    """The password once more, before something sensitive changes."""

    first_field = "password"


class ConfirmCode(Refusing, factor_views.ReauthenticateView):  # type: ignore[misc]
    """A code once more, before something sensitive changes."""

    first_field = "code"


class ConfirmPasskey(passkey_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey once more, before something sensitive changes."""


class SecondStep(Refusing, factor_views.AuthenticateView):  # type: ignore[misc]
    """The code or passkey that follows the password."""

    first_field = "code"


class AddPasskey(Refusing, passkey_views.AddWebAuthnView):  # type: ignore[misc]
    """A new passkey."""

    first_field = "name"

    def get_success_url(self) -> str:
        return (
            reverse("mfa_view_recovery_codes")
            if self.did_generate_recovery_codes
            else _secrets_address()
        )


class RenamePasskey(Refusing, passkey_views.EditWebAuthnView):  # type: ignore[misc]
    """Another name for a passkey."""

    first_field = "name"
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(passkey_views.RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey that shall open nothing any more."""

    success_url = reverse_lazy("mfa_index")


class AddApp(Refusing, app_views.ActivateTOTPView):  # type: ignore[misc]
    """An app that shows codes."""

    first_field = "code"


class RemoveApp(Refusing, app_views.DeactivateTOTPView):  # type: ignore[misc]
    """The app that shall open nothing any more."""


class NewCodes(Refusing, code_views.GenerateRecoveryCodesView):  # type: ignore[misc]
    """A new sheet of recovery codes."""


@require_safe
def go_to_secrets(request: HttpRequest) -> HttpResponse:
    """Where allauth has a list of its own: the page of the account has it."""
    return redirect(_secrets_address())
