"""How people sign in (XX-2): allauth's settings. Imported into settings."""

import os

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "dorobek.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
}
_FORMS = "dorobek.web.accounts.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "request_login_code": _FORMS + "RequestLoginCodeForm",
    "confirm_login_code": _FORMS + "ConfirmLoginCodeForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": _FORMS + "AuthenticateForm",
    "reauthenticate": _FORMS + "ReauthenticateCodeForm",
    "activate_totp": _FORMS + "ActivateTOTPForm",
    "add_webauthn": _FORMS + "AddWebAuthnForm",
    "edit_webauthn": _FORMS + "EditWebAuthnForm",
}
MFA_ADAPTER = "dorobek.web.accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by staff, who know the address
MFA_TOTP_TOLERANCE = 1  # a code of the half-minute before or after: clocks differ
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("DOROBEK_DEMO", "") == "1"
MFA_TOTP_ISSUER = "Dorobek"

ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
USERSESSIONS_TRACK_ACTIVITY = False

# Requests a minute: writes of one account, doors open to everybody per address, one key of the REST API.
LIMIT_WRITES = int(os.environ.get("DOROBEK_LIMIT_WRITES", "240"))
LIMIT_PUBLIC = int(os.environ.get("DOROBEK_LIMIT_PUBLIC", "240"))
LIMIT_TOKEN = int(os.environ.get("DOROBEK_LIMIT_TOKEN", "1200"))
PUBLIC_DOORS = ("/accounts/",)
TRUSTED_PROXIES = int(os.environ.get("DOROBEK_TRUSTED_PROXIES", "0"))

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_ADAPTER = "dorobek.web.accounts.adapter.OutsideIdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if issuer := os.environ.get("DOROBEK_OIDC_ISSUER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": os.environ.get("DOROBEK_OIDC_NAME", "Login"),
                    "client_id": os.environ["DOROBEK_OIDC_CLIENT_ID"],
                    "secret": os.environ.get("DOROBEK_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": issuer},
                }
            ],
        }
    }
