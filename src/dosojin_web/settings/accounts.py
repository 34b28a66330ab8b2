"""Settings of log-in: who is asked what, how often, and for how long a session lasts."""

import os

HALF_A_DAY_SECONDS = 12 * 60 * 60
HAS_HTTPS = os.environ.get("DOSOJIN_HTTPS") == "1"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:arrive"
ACCOUNT_LOGOUT_REDIRECT_URL = "accounts:left"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "dosojin_web.accounts.hashers.InitialPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A shift at a desk is the longest that anybody stays logged in; it does not renew itself.
SESSION_COOKIE_AGE = HALF_A_DAY_SECONDS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HAS_HTTPS
ACCOUNT_SESSION_REMEMBER = True

ACCOUNT_ADAPTER = "dosojin_web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
# A person can be a student of two universities, or change sides, with one address.
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HAS_HTTPS else "http"

MFA_ADAPTER = "dosojin_web.accounts.adapters.FactorAdapter"
MFA_FORMS = {"add_webauthn": "dosojin_web.accounts.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# Browsers offer passkeys without HTTPS on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HAS_HTTPS
# The proxy that speaks TLS says who is asking; without one, nobody's word is taken for it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HAS_HTTPS else 0
