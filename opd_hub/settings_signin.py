"""The settings of proving who one is: the second factor, passkeys, how often one may try.

`opd_hub.settings` takes everything from here; it is one list of settings in several files.
"""

from datetime import timedelta

from environs import Env

env = Env()

# Who reviews, coordinates or administers works only after a second factor (accounts.Role).
SECOND_FACTOR_ROLES: list[str] = env.list(
    "OPD_HUB_SECOND_FACTOR_ROLES", ["reviewer", "coordinator", "admin"]
)
STEP_UP_AGE = timedelta(minutes=10)  # how long a factor counts as just given
SEEN_EVERY = timedelta(minutes=5)  # how often a session notes that it is in use

MFA_ADAPTER = "accounts.factor_adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.codes.SignInCode",
    "reauthenticate": "accounts.codes.StepUpCode",
    "activate_totp": "accounts.codes.FirstCode",
    "add_webauthn": "accounts.codes.NewPasskey",
    "edit_webauthn": "accounts.codes.PasskeyName",
}
MFA_TOTP_TOLERANCE = 1  # clocks of cheap phones; accounts.codes lets no code pass twice
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an admin, not by their owners
MFA_REAUTHENTICATION_REQUIRED = False  # accounts.step_up asks, and counts the sign-in itself
USERSESSIONS_TRACK_ACTIVITY = False  # a write for each click; accounts.sessions notes it seldom

ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever's password or factor changed is told

# An office stands behind one address: what is guessed is stopped by the person, not by the office.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",  # also wrong codes of a second factor
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
# Proxies before us whose X-Forwarded-For is true; without them the header is anybody's word.
_HTTPS = env.str("OPD_HUB_PUBLIC_URL", "").startswith("https://")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("OPD_HUB_PROXIES", 1 if _HTTPS else 0)

_OF_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_OF_DJANGO}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_OF_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_OF_DJANGO}.CommonPasswordValidator"},
    {"NAME": f"{_OF_DJANGO}.NumericPasswordValidator"},
    {"NAME": "accounts.passwords.NotOurNames"},
]
