"""The settings of an installation with one address more: a request that does nothing, to compare with."""

from dorobek.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.load.knowledge_urls"
