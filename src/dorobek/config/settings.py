"""Settings, read from the environment; every default serves one office on one machine.

DOROBEK_DATA_DIR    where the database, files and keys live            (default: ./var)
DOROBEK_DEMO        "1": demonstration accounts, mail shown at /outbox  (default: 0)
DOROBEK_SECRET_KEY  signing key; made and kept in the data folder when absent
DOROBEK_HOSTS       comma-separated host names                          (default: 127.0.0.1,localhost)
DOROBEK_ADDRESS     public address that credentials name for ever      (default: https:// and the first host)
DOROBEK_LOOK_OUTSIDE  "0": credentials of others are checked without the web  (default: 1)
DOROBEK_VC_API      "1": /vc-api/ for conformance tests; without a token on this machine only  (default: 0)
DOROBEK_VC_API_TOKEN  what callers of /vc-api/ must send; setting it switches the interface on as well
DATABASE_URL        postgresql://user:password@host:port/name           (default: SQLite in the data folder)
DOROBEK_HTTPS       "1": cookies for HTTPS only, HSTS                   (default: 0 on loopback, else 1)
DOROBEK_S3_BUCKET   object storage for files instead of the data folder
DOROBEK_EMBEDDING_MODEL  an embedding model of your own for the matcher: .onnx file or sentence-transformers folder
DOROBEK_OIDC_*      ISSUER, CLIENT_ID, CLIENT_SECRET, NAME: an outside identity
DOROBEK_SMTP_*      HOST, PORT, USER, PASSWORD, FROM: outgoing mail
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from dorobek.config.environment import database_from, flag, origin_of, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DOROBEK_DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEMO = flag("DOROBEK_DEMO")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("DOROBEK_HOSTS", "127.0.0.1,localhost").split(",")
ON_LOOPBACK = all(host in ("127.0.0.1", "localhost", "[::1]", "testserver") for host in ALLOWED_HOSTS)
HTTPS = flag("DOROBEK_HTTPS", default=not ON_LOOPBACK)
if DEMO and not ON_LOOPBACK and not flag("DOROBEK_DEMO_PUBLIC"):
    raise ImproperlyConfigured(
        "DOROBEK_DEMO=1 shows everybody's mail and sign-in codes; it is refused for a public host name."
    )
SECRET_KEY = secret_key(DATA_DIR)
# Issuers' keys and status lists of others are fetched while a credential is checked, within limits of time and size.
LOOK_OUTSIDE = flag("DOROBEK_LOOK_OUTSIDE", default=True)
VC_API_TOKEN = os.environ.get("DOROBEK_VC_API_TOKEN", "").strip()
VC_API = flag("DOROBEK_VC_API", default=bool(VC_API_TOKEN))
if VC_API and not VC_API_TOKEN and not ON_LOOPBACK:
    raise ImproperlyConfigured("DOROBEK_VC_API=1 needs DOROBEK_VC_API_TOKEN where others reach this host.")
# Stands in signed documents: status lists and issuers' keys are looked for under it as long as anyone holds a credential.
PUBLIC_ADDRESS = os.environ.get("DOROBEK_ADDRESS", "").rstrip("/") or (
    "http://127.0.0.1:8000" if ON_LOOPBACK else f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "dorobek.kernel",
    "dorobek.people",
    "dorobek.programmes",
    "dorobek.register",
    "dorobek.portfolio",
    "dorobek.credentials",
    "dorobek.offers",
    "dorobek.vouchers",
    "dorobek.plans",
    "dorobek.instruments",
    "dorobek.audits",
    "dorobek.validation",
    "dorobek.web",
    "dorobek.api",
    "dorobek.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dorobek.web.language.ChosenLanguageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dorobek.web.doors.RefusalMiddleware",
    "dorobek.web.accounts.middleware.RateLimitMiddleware",
    "dorobek.web.accounts.middleware.SessionEndMiddleware",
    "dorobek.web.accounts.middleware.SecondFactorMiddleware",
    "dorobek.web.limits.BodySizeMiddleware",
]

ROOT_URLCONF = "dorobek.config.urls"
WSGI_APPLICATION = "dorobek.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "dorobek.web.context.page",
            ],
            "builtins": ["dorobek.web.templatetags.dorobek"],
        },
    }
]

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DOROBEK_JOBS = os.environ.get("DOROBEK_JOBS", "durable")  # "inline": right after commit, in the same process
DOROBEK_FONTS = tuple(filter(None, os.environ.get("DOROBEK_FONTS", "").split(os.pathsep)))  # folders, for PDFs
DOROBEK_EMBEDDING_MODEL = os.environ.get("DOROBEK_EMBEDDING_MODEL", "")  # docs/operations.md
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # by default 300: then limits still counted would be culled
    }
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["dorobek.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": MEDIA_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
if bucket := os.environ.get("DOROBEK_S3_BUCKET"):
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": bucket}}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

DEFAULT_FROM_EMAIL = os.environ.get("DOROBEK_SMTP_FROM", "dorobek@localhost")
if DEMO:
    EMAIL_BACKEND = "dorobek.kernel.outbox.OutboxBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ.get("DOROBEK_SMTP_HOST", "localhost")
    EMAIL_PORT = int(os.environ.get("DOROBEK_SMTP_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("DOROBEK_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("DOROBEK_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = flag("DOROBEK_SMTP_TLS")

from dorobek.config.logging import LOGGING  # noqa: E402, F401
from dorobek.config.sign_in import *  # noqa: E402, F403

if issuer := os.environ.get("DOROBEK_OIDC_ISSUER", ""):
    # Signing in elsewhere begins with a form of ours that is answered with a redirect to there.
    extra = os.environ.get("DOROBEK_OIDC_ORIGINS", "").split()
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [origin_of(issuer), *extra]
