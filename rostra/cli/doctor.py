"""What can be wrong with an installation, and how to mend it."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.db import DatabaseError, connection

from rostra.board.queries import stamp
from rostra.cli.database import pending


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    is_good: bool
    what: str
    remedy: str = ""


def examine(environment: Any) -> list[Finding]:
    """Look at everything; one failed check does not stop the others."""
    findings: list[Finding] = []
    for check in (_python, _data, _space, _database, _board, _mail):
        findings += _guarded(check, environment)
    return findings


def _guarded(check: Callable[[Any], Iterator[Finding]], environment: Any) -> list[Finding]:
    try:
        return list(check(environment))
    except (OSError, DatabaseError, LookupError) as fault:
        return [
            Finding(
                False,
                f"{check.__name__.strip('_')}: {str(fault).strip().splitlines()[0]}",
                "See docs/settings.md.",
            )
        ]


def _python(_: Any) -> Iterator[Finding]:
    good = sys.version_info >= (3, 11)
    yield Finding(
        good, f"Python {sys.version.split()[0]}", "" if good else "Rostra needs Python 3.11 or later."
    )
    new_enough = sqlite3.sqlite_version_info >= (3, 35)
    yield Finding(
        new_enough,
        f"SQLite {sqlite3.sqlite_version}",
        "" if new_enough else "SQLite 3.35 or later is needed.",
    )


def _data(environment: Any) -> Iterator[Finding]:
    data = environment.data
    writable = os.access(data, os.W_OK)
    yield Finding(
        writable,
        f"data directory {data}",
        "" if writable else f"This user cannot write there: chown it, or run as its owner ({data.owner()}).",
    )
    key = data / "secret_key"
    if key.exists():
        private = key.stat().st_mode & 0o077 == 0
        yield Finding(private, "secret key is private", "" if private else f"chmod 600 {key}")


def _space(environment: Any) -> Iterator[Finding]:
    if environment.data.is_dir():
        free = shutil.disk_usage(environment.data).free // 2**20
        yield Finding(
            free > 500,
            f"{free:,} MiB free on the disk",
            "" if free > 500 else "Make room: a full disk stops all writing.",
        )


def _database(environment: Any) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            sound = cursor.fetchone()[0] == "ok"
            yield Finding(sound, "the database file is sound", "" if sound else "Restore the last backup.")
        else:
            cursor.execute("SHOW server_version")
            yield Finding(True, f"PostgreSQL {cursor.fetchone()[0]}")
    missing = pending()
    yield Finding(
        not missing,
        "the schema is up to date" if not missing else f"{len(missing)} schema changes have not run",
        "'rostra serve' runs them at its start." if missing else "",
    )


def _board(_: Any) -> Iterator[Finding]:
    if pending():
        return
    row = stamp()
    yield Finding(True, f"{row.posts:,} posts, {row.topics:,} topics, {row.members:,} members")
    from rostra.accounts.models import User

    has_admin = User.objects.filter(is_admin=True, is_active=True).exists()
    yield Finding(
        has_admin,
        "there is an administrator" if has_admin else "there is no administrator",
        "" if has_admin else "'rostra createadmin NAME' makes one.",
    )


def _mail(environment: Any) -> Iterator[Finding]:
    if not environment.email_url:
        yield Finding(True, "no mail is sent: ROSTRA_EMAIL_URL is empty")
        return
    kind = environment.email_url.partition(":")[0]
    if not kind.startswith("smtp"):
        yield Finding(True, f"mail goes to {kind}:")
        return
    try:
        with get_connection():
            pass
    except (OSError, SMTPException) as fault:
        yield Finding(
            False, f"the mail server cannot be used: {fault}", "Mend ROSTRA_EMAIL_URL, or the server."
        )
    else:
        yield Finding(True, f"the mail server takes mail from {environment.sender}")
