"""Backups: every row, every stored file and the keys in one tar file, the same for SQLite and PostgreSQL.

tables/<table>.jsonl   rows as Django writes them, one per line
files/<name>           stored files, as the storage names them
keys/<name>            the signing key and the seal key of the data folder
manifest.json          last: format, time, migrations, and size and SHA-256 of everything before
"""

FORMAT = "dorobek-backup-1"
MANIFEST = "manifest.json"
KEYS = ("secret-key", "seal-key.pem", "credential-keys.key")
