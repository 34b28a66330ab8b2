"""The pages of allauth that this site offers, under the names that allauth looks for.

What is not listed does not exist here: no sign-up, no social log-in, no change of address.
"""

from allauth.account import views as account_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import path, re_path

from .views import entrance, secrets

urlpatterns = [
    path("login/", entrance.StaffEntrance.as_view(), name="account_login"),
    path("logout/", entrance.Exit.as_view(), name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", secrets.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("password/change/", secrets.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", secrets.SetPassword.as_view(), name="account_set_password"),
    path("password/reset/", secrets.AskForReset.as_view(), name="account_reset_password"),
    path(
        "password/reset/done/",
        account_views.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        secrets.Reset.as_view(),
        name="account_reset_password_from_key",
    ),
    path("2fa/", secrets.go_to_secrets, name="mfa_index"),
    path("2fa/authenticate/", secrets.SecondStep.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", secrets.ConfirmCode.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", secrets.AddApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", secrets.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        secrets.NewCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        code_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", secrets.go_to_secrets, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", secrets.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkey_views.login_webauthn, name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        secrets.ConfirmPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/",
        secrets.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        secrets.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
]
