"""What each command does."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command

from rostra.accounts.actions import join, set_password
from rostra.accounts.models import User
from rostra.accounts.names import why_not_name
from rostra.board.actions import close_for_writing, note_parser_version
from rostra.cli import Failure
from rostra.cli.cases import export_cases
from rostra.cli.database import prepare
from rostra.cli.doctor import examine
from rostra.cli.housekeeping import plan_tidying
from rostra.cli.messages import messages
from rostra.cli.progress import Progress
from rostra.cli.serving import serve_board
from rostra.cli.trying import try_rule
from rostra.demo.making import PASSWORD, make_demo
from rostra.exporters.board import export_board
from rostra.importers.board import import_board
from rostra.importers.reading import BadLine
from rostra.importers.threads import import_threads
from rostra.kernel.text import name_key
from rostra.mail.actions import resume_sending
from rostra.markup import PARSER_VERSION
from rostra.moderation.timers import resume_timers
from rostra.topics.rerendering import newest_id, plan_rerendering, rerender_some
from rostra.topics.tagged import resume_rerendering_of_tags


def serve(options: argparse.Namespace) -> int:
    """Serve until a signal."""
    prepare()
    return serve_board(options.host, options.port, with_worker=not options.no_worker)


def demo(options: argparse.Namespace) -> int:
    """Make the demo board once, then serve it."""
    prepare()
    with Progress("demo board") as progress:
        make_demo(progress)
    address = f"http://{options.host}:{options.port}"
    accounts = ", ".join(f"{name} / {PASSWORD}" for name in ("admin", "moderator", "member"))
    mail = f"  Mails it sends: {address}/demo/mail/\n" if settings.ROSTRA.demo_mail else ""
    sys.stdout.write(
        f"\n  The demo board is at {address}\n  Accounts (name / password): {accounts}\n{mail}  Stop it with Ctrl+C.\n\n"
    )
    sys.stdout.flush()
    return 0 if options.only_make else serve_board(options.host, options.port, with_worker=True)


def worker(options: argparse.Namespace) -> int:
    """Do jobs until a signal."""
    prepare()
    plan_tidying()
    resume_sending()
    plan_rerendering()
    resume_rerendering_of_tags()
    resume_timers()
    call_command("db_worker", "--interval", "1", "--no-startup-delay", "--no-reload", verbosity=0)
    return 0


def rerender(options: argparse.Namespace) -> int:
    """Render what an older parser rendered, now instead of by the worker; it can be stopped and goes on."""
    prepare()
    after, done, newest = 0, 0, newest_id()
    with Progress("posts") as progress:
        while (some := rerender_some(after)) is not None:
            after, done = some.last, done + some.number
            progress.show(after, newest, done)
    note_parser_version(version=PARSER_VERSION)
    sys.stdout.write(f"rendered again: {done:,} posts\n")
    return 0


def bring_in(options: argparse.Namespace) -> int:
    """Import a file."""
    path = Path(options.path)
    if not path.is_file():
        raise Failure(f"{path}: there is no such file")
    prepare()
    read = import_board if options.format == "board" else import_threads
    try:
        with Progress(f"import {path.name}") as progress:
            done = read(path, progress)
    except BadLine as bad:
        raise Failure(
            f"{path}, {bad}. Lines before it are imported; mend it and run the same command again."
        ) from None
    sys.stdout.write(
        "imported: " + ", ".join(f"{number:,} {what}" for what, number in done.items()) + "\n"
        if done
        else "nothing new in this file\n"
    )
    return 0


def take_out(options: argparse.Namespace) -> int:
    """Export the board."""
    prepare()
    with Progress("export") as progress:
        done = export_board(Path(options.path), progress)
    sys.stdout.write(f"exported {done:,} records to {options.path}\n")
    return 0


def create_admin(options: argparse.Namespace) -> int:
    """Make an administrator, or give one a new password."""
    prepare()
    name = options.name or _asked_name()
    password = Path(options.password_file).read_text().strip() if options.password_file else _asked_password()
    user = User.objects.filter(name_key=name_key(name)).first()
    try:
        validate_password(password, user or User(name=name, email=options.email))
    except ValidationError as fault:
        raise Failure(" ".join(fault.messages)) from None
    if user is None:
        objection = why_not_name(name)
        if objection and name_key(name) not in OWN_NAMES:
            raise Failure(objection)
        join(name=name, email=options.email, password=password, is_admin=True)
        sys.stdout.write(f"{name} is an administrator now.\n")
        return 0
    if not user.is_admin:
        raise Failure(f"{user.name} is a member, not an administrator; choose another name")
    set_password(user=user, password=password)
    sys.stdout.write(f"{user.name} has a new password.\n")
    return 0


def read_only(options: argparse.Namespace) -> int:
    """Close the board for writing, or open it."""
    prepare()
    close_for_writing(reason=options.reason)
    state = f"read-only: {options.reason}" if options.reason else "open for writing"
    sys.stdout.write(f"the board is {state}\n")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Print findings; 1 when one needs mending."""
    findings = examine(settings.ROSTRA)
    for finding in findings:
        sys.stdout.write(
            f"{'ok  ' if finding.is_good else 'MEND'}  {finding.what}\n"
            + (f"      {finding.remedy}\n" if finding.remedy else "")
        )
    return 0 if all(finding.is_good for finding in findings) else 1


def _asked_name() -> str:
    if not sys.stdin.isatty():
        raise Failure("no terminal to ask for a name: give it, as in 'rostra createadmin NAME'")
    return input("Name: ")


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise Failure("no terminal to ask for a password: give --password-file FILE")
    return getpass.getpass("Password: ")


OWN_NAMES = {"admin", "administrator", "root"}  # kept from members, for whom the board belongs to

COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": serve, "demo": demo, "worker": worker, "import": bring_in, "export": take_out,
    "createadmin": create_admin, "doctor": doctor, "readonly": read_only, "messages": messages,
    "rerender": rerender, "try-rule": try_rule, "export-cases": export_cases,
}  # fmt: skip
