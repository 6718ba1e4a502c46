"""Print the address of a PostgreSQL on this machine that answers without a password; nothing when none does."""

import os

import psycopg

PLACES = ("root@127.0.0.1:5432/test", "postgres@127.0.0.1:5432/postgres")

for place in (os.environ.get("TEST_POSTGRES", ""), *(f"postgresql://{place}" for place in PLACES)):
    if not place:
        continue
    try:
        with psycopg.connect(place, connect_timeout=2) as connection:
            may_create = connection.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
            if may_create.fetchone() == (True,):
                print(place)  # noqa: T201
                break
    except psycopg.OperationalError:
        continue
