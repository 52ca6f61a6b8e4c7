"""The configuration of an installation: read once, typed, from one place.

Each setting is an environment variable `ROSTRA_<NAME>` or a line of the optional file `rostra.toml`
in the data directory; the environment wins. A wrong value stops the start and names the setting.
docs/settings.md lists them all, and a test keeps that list complete.
"""

import os
import re
import secrets
import tomllib
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.patterns import FORMS

PREFIX = "ROSTRA_"
_SECRETS = {"database_url", "email_url", "secret_key"}  # hold passwords: no message repeats them
CATALOGUES = Path(__file__).resolve().parent.parent / "rostra" / "web" / "locale"
PSEUDO_LANGUAGES = ("xa", "xb")  # made by machine, for tests: rostra/web/pseudo.py


def data_directory() -> Path:
    """Where this board keeps its database, files and configuration (`--data`, or ROSTRA_DATA)."""
    return Path(os.environ.get("ROSTRA_DATA") or "rostra-data").resolve()


def language_codes(text: str) -> list[str]:
    """The languages of a list with commas, each once, in its order."""
    return list(dict.fromkeys(code.strip().lower() for code in text.split(",") if code.strip()))


class Environment(BaseSettings):
    """All settings of an installation. What belongs to the board itself (name, tagline) is in the database."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data: Path = Field(
        default_factory=data_directory, description="Directory of the board's database and files."
    )
    database_url: str = Field(
        "", description="postgresql://user:password@host/name; empty means SQLite in the data directory."
    )
    database_pool_size: int = Field(
        20, ge=1, le=200, description="Most connections a process opens to PostgreSQL."
    )
    secret_key: str = Field(
        "", description="Signs cookies; empty means a key made once in the data directory."
    )
    site_url: str = Field("http://127.0.0.1:8000", description="The board's public address, without a path.")
    allowed_hosts: str = Field("", description="Further host names to answer, separated by commas.")
    behind_proxy: bool = Field(
        False, description="Trust X-Forwarded-For and X-Forwarded-Proto of the proxy in front."
    )
    debug: bool = Field(False, description="Show faults in the browser. Never on a public board.")
    threads: int = Field(16, ge=1, le=256, description="Requests that a page process works on at once.")
    posts_per_page: int = Field(20, ge=5, le=100, description="Posts on a page of a topic.")
    topics_per_page: int = Field(30, ge=5, le=100, description="Topics on a page of a forum.")
    withdraw_minutes: int = Field(
        60, ge=0, le=100_000, description="How long an author can take back a post that is still the last."
    )
    unread_days: int = Field(365, ge=1, le=10_000, description="What is older counts as read by everybody.")
    post_characters: int = Field(60_000, ge=500, le=1_000_000, description="Longest post, in characters.")
    markup: Literal["both", "markdown", "bbcode"] = Field(
        "both", description="What members write in: Markdown, BBCode, or both in one text."
    )
    bare_links: bool = Field(True, description="Show addresses that stand bare in a text as links.")
    smilies: bool = Field(True, description="Show signs such as :-) as faces.")
    pictures: Literal["links", "shown"] = Field(
        "links",
        description="Pictures of other hosts: links to them, or shown, which tells those hosts who reads.",
    )
    post_minimum: int = Field(
        1, ge=1, le=500, description="Shortest post, in characters without quotations; 1 is no limit."
    )
    edit_minutes: int = Field(
        0, ge=0, le=1_000_000, description="How long an author may edit a post; 0 is no limit."
    )
    old_topic_months: int = Field(
        6, ge=0, le=1200, description="Months without a post before whoever replies is told; 0 is never."
    )
    points_to_mute: int = Field(
        6, ge=0, le=1000, description="Points of warnings that mute for a week; 0 is never."
    )
    points_to_ban: int = Field(
        12, ge=0, le=1000, description="Points of warnings that ban for 30 days; 0 is never."
    )
    moderator_names: Literal["pseudonyms", "names"] = Field(
        "pseudonyms", description="What moderators are called in cases and the public log."
    )
    address_days: int = Field(
        30, ge=0, le=365, description="Days for which addresses that members used are kept; 0 keeps none."
    )
    spam_posts: int = Field(
        20, ge=1, le=100, description="Posts from which on a member's posts cannot be removed all at once."
    )
    spam_days: int = Field(
        30, ge=1, le=3650, description="Days for which the posts of a new account can be removed all at once."
    )
    newcomer_days: int = Field(0, ge=0, le=3650, description="Days for which a new member is a newcomer.")
    newcomer_posts: int = Field(
        0, ge=0, le=10_000, description="Posts after which a new member is no newcomer any more."
    )
    guest_cache_megabytes: int = Field(
        64, ge=0, le=4096, description="Memory for guests' finished pages; 0 switches the cache off."
    )
    rate_limits: bool = Field(
        True, description="Limit how often one person may post, preview, sign in, sign up or ask for mail."
    )
    email_url: str = Field(
        "",
        description="smtp://user:password@host:587/?tls=1, smtps://, console: or file:; empty sends no mail.",
    )
    email_from: str = Field(
        "", description="Address that mails come from; empty means noreply at the site's host."
    )
    email_confirmation: Literal["", "mandatory", "optional", "none"] = Field(
        "", description="Must a new member confirm the e-mail address? Empty: mandatory where mail is sent."
    )
    demo_mail: bool = Field(
        False, description="Keep sent mails and show them to everybody at /demo/mail/. For trying out only."
    )
    sync_writes: Literal["full", "normal"] = Field(
        "full", description="SQLite: 'full' survives a power cut; 'normal' is faster."
    )
    languages: str = Field("en,de,fr", description="Languages of the interface, separated by commas.")
    time_zone: str = Field("UTC", description="Zone of the times that guests see, such as Europe/Berlin.")
    feed_authority: str = Field(
        "",
        description="Authority in the ids of feed entries, such as forum.example.org,2026; empty: this host.",
    )
    content_usage: str = Field("", description="What content may be used for by AIPREF, such as train-ai=n.")
    signup_question: str = Field(
        "", max_length=200, description="Asked of who signs up: what people of this board know."
    )
    signup_answers: str = Field(
        "",
        max_length=400,
        validate_default=True,
        description="What counts as its answer, separated by commas.",
    )
    contact: str = Field("", description="Where to reach who runs the board: mailto:, https: or tel:.")
    security_contact: str = Field("", description="Where to report a security hole: mailto: or https:.")
    accessibility_contact: str = Field("", description="Where to report a barrier: mailto:, https: or tel:.")
    accessibility_enforcement: str = Field(
        "", description="Markdown: the authority for complaints about accessibility, and how to reach it."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="How much is logged."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the TOML file of the data directory."""
        toml = TomlConfigSettingsSource(settings_cls, data_directory() / "rostra.toml")
        return init_settings, env_settings, toml

    @field_validator("site_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must look like https://forum.example.org, without a path")
        return value.rstrip("/")

    @field_validator("languages")
    @classmethod
    def _are_translated(cls, value: str) -> str:
        known = ["en", *sorted(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/django.po"))]
        wanted = language_codes(value)
        missing = [code for code in wanted if code not in (*known, *PSEUDO_LANGUAGES)]
        if missing or not wanted:
            raise ValueError(
                f"must be some of {', '.join(known)}; there is no {missing[0] if missing else 'empty one'}"
            )
        return ",".join(wanted)

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValueError("must be a zone of the IANA database, such as UTC or Europe/Berlin") from None

    @field_validator(
        "feed_authority", "content_usage", "contact", "security_contact", "accessibility_contact"
    )
    @classmethod
    def _has_its_form(cls, value: str, info: ValidationInfo) -> str:
        pattern, words = FORMS[str(info.field_name)]
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"must be empty or {words}")
        return value

    @field_validator("signup_answers")
    @classmethod
    def _answers_the_question(cls, value: str, info: ValidationInfo) -> str:
        has_answers = any(each.strip() for each in value.split(","))
        if has_answers != bool(info.data.get("signup_question", "")):
            raise ValueError("must hold the answers to ROSTRA_SIGNUP_QUESTION, and be empty without one")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("postgresql", "postgres", "sqlite"):
            raise ValueError("must be empty or begin with sqlite:///, postgresql:// or postgres://")
        return value

    @field_validator("email_url")
    @classmethod
    def _is_a_known_post_office(cls, value: str) -> str:
        mail_settings(value, Path())
        return value

    @field_validator("email_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value:
            try:
                validate_email(parseaddr(value)[1])
            except DjangoValidationError:
                raise ValueError("must be an e-mail address, or look like Name <name@example.org>") from None
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "Environment":
        if self.email_confirmation in ("mandatory", "optional") and not self.email_url:
            raise ValueError(
                f"{PREFIX}EMAIL_CONFIRMATION = {self.email_confirmation!r}: needs {PREFIX}EMAIL_URL, or no mail can be sent"
            )
        if self.email_url.startswith("smtp") and not self.email_from and self.is_local:
            raise ValueError(f"{PREFIX}EMAIL_FROM must be set: {self.site_url} gives no address to send from")
        if self.demo_mail and not self.is_local:
            raise ValueError(
                f"{PREFIX}DEMO_MAIL = true: shows everybody's mail, so {PREFIX}SITE_URL must be on this machine, not {self.site_url}"
            )
        return self

    @property
    def is_local(self) -> bool:
        """Is the board's own address one of this machine?"""
        return urlsplit(self.site_url).hostname in ("localhost", "127.0.0.1", "::1")

    @property
    def confirmation(self) -> str:
        """Whether e-mail addresses are confirmed: mandatory, optional or none."""
        return self.email_confirmation or ("mandatory" if self.email_url else "none")

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.email_from or f"noreply@{urlsplit(self.site_url).hostname}"


def mail_settings(value: str, folder: Path) -> dict[str, Any]:
    """Django's settings for an address of a post office. Raises ValueError that says what it must look like."""
    shape = "must be empty, console:, file:, or look like smtp://user:password@host:587/?tls=1"
    url = urlsplit(value)
    if url.scheme in ("", "console") and value in ("", "console:"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if url.scheme == "file" and not url.netloc:
        place = Path(unquote(url.path)) if url.path else folder / "mail"
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": place}
    options = parse_qs(url.query)
    if (
        url.scheme not in ("smtp", "smtps") or not url.hostname or url.path.strip("/")
        or set(options) - {"tls"} or options.get("tls", ["1"])[0] not in ("0", "1")
    ):  # fmt: skip
        raise ValueError(shape)
    encrypts_later = url.scheme == "smtp" and options.get("tls", ["0"])[0] == "1"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 587 if encrypts_later else 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": encrypts_later,
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
    }


def read_environment() -> Environment:
    """The settings in force.

    Raises ImproperlyConfigured with one line for each wrong or unknown setting.
    """
    try:
        environment = Environment()
    except ValidationError as fault:
        raise ImproperlyConfigured("; ".join(_in_words(error) for error in fault.errors())) from None
    except tomllib.TOMLDecodeError as fault:
        raise ImproperlyConfigured(f"{data_directory() / 'rostra.toml'}: not valid TOML: {fault}") from None
    _refuse_unknown_variables()
    return environment


def _in_words(error: Any) -> str:
    if not error["loc"]:  # about several settings: the text names them
        return str(error["msg"]).removeprefix("Value error, ")
    name = str(error["loc"][0])
    if error["type"] == "extra_forbidden":
        return f"rostra.toml: '{name}' is not a setting of Rostra (docs/settings.md lists them)"
    given = "..." if name in _SECRETS else repr(error["input"])
    return f"{PREFIX}{name.upper()} = {given}: {error['msg']}"


def _refuse_unknown_variables() -> None:
    known = {PREFIX + name.upper() for name in Environment.model_fields} | {"ROSTRA_PYTHON"}
    unknown = sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX) and not name.startswith("ROSTRA_TEST_") and name not in known
    )
    if unknown:
        raise ImproperlyConfigured(f"{unknown[0]} is not a setting of Rostra (docs/settings.md lists them)")


def secret_key(environment: Environment) -> str:
    """The signing key: given, or made once and kept readable for the owner only."""
    if environment.secret_key:
        return environment.secret_key
    path = environment.data / "secret_key"
    if not path.exists():
        environment.data.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48))
        try:
            new.rename(path) if not path.exists() else new.unlink()
        except OSError:
            new.unlink(missing_ok=True)
    return path.read_text().strip()


def databases(environment: Environment) -> dict[str, Any]:
    """Django's DATABASES for SQLite (write-ahead log, immediate transactions) or PostgreSQL (psycopg 3, pool)."""
    url = urlsplit(environment.database_url)
    if url.scheme in ("postgresql", "postgres"):
        return {"default": _postgresql(url, environment)}
    path = Path(unquote(url.path)) if url.scheme == "sqlite" else environment.data / "board.sqlite3"
    synchronous = environment.sync_writes.upper()
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": os.environ.get("ROSTRA_TEST_SQLITE") or None},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }


def _postgresql(url: Any, environment: Environment) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": environment.database_pool_size, "timeout": 30}},
    }
