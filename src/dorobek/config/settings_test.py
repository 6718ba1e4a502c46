"""Settings of the test suite: a throw-away data folder, fast password hashes, mail kept in memory."""

import os
import tempfile

os.environ.setdefault("DOROBEK_DATA_DIR", tempfile.mkdtemp(prefix="dorobek-test-"))
os.environ.setdefault("DOROBEK_SECRET_KEY", "a key of the test suite alone, never of an installation")

from dorobek.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DOROBEK_JOBS = "inline"
LOOK_OUTSIDE = False
VC_API, VC_API_TOKEN = False, ""
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, not memory: the live server of a browser test and the test itself must not share one connection.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(tempfile.mkdtemp(prefix="dorobek-test-db-"), "test.sqlite3")}  # noqa: F405
