"""The product's command line. Every command takes --data; errors are one line and a non-zero exit."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import rostra

DESCRIPTION = "Rostra, discussion-forum software. A board lives in one directory: its database, files and configuration."


_RENDER = "Render texts: JSON lines in, JSON lines out (docs/commands.md). No board is needed."
_CHECK = "Judge drafts by house rules: JSON lines in, JSON lines out (docs/commands.md). No board is needed."


class Failure(Exception):
    """A command cannot go on; the text says why and what to do."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"rostra: {message}. 'rostra --help' lists the commands.\n")


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = _Parser(
        prog="rostra", description=DESCRIPTION, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"rostra {rostra.__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)

    def command(name: str, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name, help=words, description=words, formatter_class=argparse.ArgumentDefaultsHelpFormatter
        )
        sub.add_argument(
            "--data",
            metavar="DIR",
            help="directory of the board; without it ROSTRA_DATA, or rostra-data here",
        )
        return sub

    _serving(command)
    _carrying(command)
    admin = command("createadmin", "Make an administrator, or give one a new password.")
    admin.add_argument("name", nargs="?", help="name of the account; asked for when not given")
    admin.add_argument("--email", default="", help="e-mail address")
    admin.add_argument(
        "--password-file", metavar="FILE", help="file that holds the password; otherwise it is asked for"
    )
    _translating(command)
    closed = command(
        "readonly", "Make the board read-only, with a reason that everybody sees, or open it again."
    )
    closed.add_argument(
        "reason", metavar="REASON", nargs="?", default="", help="why; without it the board is opened again"
    )
    _judging(command)
    _without_board(commands)
    command("rerender", "Render posts of an older version again, now instead of by the worker.")
    command("doctor", "Check the installation; say what is wrong and how to mend it.")
    return top


def _port(text: str) -> int:
    if not (text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _serving(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    serve = command("serve", "Serve the board: pages and the background worker, until Ctrl+C.")
    demo = command("demo", "Make a board with demo content, when there is none yet, and serve it.")
    for each in (serve, demo):
        each.add_argument("--host", default="127.0.0.1", help="address to listen on")
        each.add_argument("--port", type=_port, default=8000, help="port to listen on")
    serve.add_argument("--no-worker", action="store_true", help="pages only: the worker runs elsewhere")
    demo.add_argument("--default-data", metavar="DIR", help=argparse.SUPPRESS)
    demo.add_argument("--only-make", action="store_true", help="make the board and do not serve it")
    command("worker", "Do background jobs only, until Ctrl+C.")


def _carrying(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    bring = command(
        "import", "Import a board from a file (docs/board-format.md). Run again after a stop: it goes on."
    )
    bring.add_argument("path", metavar="PATH", help="a .jsonl file, or .jsonl.gz")
    formats = "board: Rostra's own; threads: one discussion a line"
    bring.add_argument("--format", choices=["board", "threads"], default="board", help=formats)
    take = command("export", "Export the whole board to one file (docs/board-format.md).")
    take.add_argument("path", metavar="PATH", help="file to write; .gz compresses it")

    cases = command(
        "export-cases", "Write the decisions of moderators, for authorities (docs/case-export.md)."
    )
    cases.add_argument("--format", choices=["csv", "json"], default="csv", help="how they are written")
    cases.add_argument("--since", type=_day, metavar="DATE", help="decided on this day (UTC) or later")
    cases.add_argument("--until", type=_day, metavar="DATE", help="decided on this day (UTC) or before")
    cases.add_argument("--names", action="store_true", help="with names, and the ids of posts and topics")


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written like 2026-11-28, not {text!r}") from None


def _judging(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    trying = command("try-rule", "Show what a house rule would have caught among the last posts.")
    trying.add_argument("rule", metavar="RULE", help="name of a preset, or a YAML file (docs/house-rules.md)")
    trying.add_argument("--forum", type=int, metavar="ID", help="posts of this forum only")
    trying.add_argument(
        "--posts", type=int, default=1000, metavar="N", help="how many posts, the newest first"
    )


def _without_board(commands: "argparse._SubParsersAction[_Parser]") -> None:
    for name, words in (("render", _RENDER), ("check-draft", _CHECK)):
        shape = argparse.ArgumentDefaultsHelpFormatter
        commands.add_parser(name, help=words, description=words, formatter_class=shape)


def _translating(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    texts = command("messages", "For translators: the interface's texts and their catalogues.")
    steps = (
        "extract: code to template; update: template to catalogues too; compile; check: find what is missing"
    )
    texts.add_argument("step", choices=["extract", "update", "compile", "check"], metavar="STEP", help=steps)
    texts.add_argument("--add", metavar="LANGUAGE", help="update: begin a catalogue for another language")


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end the process with its status."""
    options = parser().parse_args(arguments)
    data = (
        getattr(options, "data", None)
        or os.environ.get("ROSTRA_DATA")
        or getattr(options, "default_data", None)
    )
    if data:
        os.environ["ROSTRA_DATA"] = str(Path(data).resolve())
    if options.command == "demo":
        os.environ.setdefault("ROSTRA_EMAIL_URL", "console:")
        os.environ.setdefault("ROSTRA_DEMO_MAIL", "true")
    if options.command == "doctor":
        _refuse_missing(Path(os.environ.get("ROSTRA_DATA") or "rostra-data"))
    os.umask(0o077)  # a board's files hold addresses and password hashes: they are their owner's alone
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        sys.exit(_run(options))
    except Failure as failure:
        sys.exit(f"rostra: {failure}")
    except KeyboardInterrupt:
        sys.exit("rostra: stopped")


def _refuse_missing(data: Path) -> None:
    """Who examines must not make: the settings would create the directory for the secret key."""
    if not data.is_dir():
        remedy = "'rostra serve' or 'rostra import' makes it; or give --data DIR."
        sys.exit(f"MEND  {data} does not exist\n      {remedy}")


def _run(options: argparse.Namespace) -> int:
    """Set Django up, then find the command's function; what is known to go wrong becomes one line."""
    if options.command == "render":  # it touches no board, so none is made
        from rostra.cli import rendering

        return rendering.main()
    if options.command == "check-draft":
        from django.conf import settings

        settings.configure(USE_I18N=False)  # no board, so no language but that of the code
        from rostra.cli import checking

        return checking.main()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        django.setup()
        from rostra.cli.commands import COMMANDS

        return COMMANDS[options.command](options)
    except ImproperlyConfigured as fault:
        raise Failure(str(fault)) from None
    except DatabaseError as fault:
        raise Failure(
            f"the database said: {str(fault).strip().splitlines()[0]}. 'rostra doctor' may know more."
        ) from None
    except OSError as fault:
        raise Failure(f"{fault.filename or 'the system'}: {fault.strerror or fault}") from None
