"""The configuration of an installation: read once, typed, from one place.

Each setting is an environment variable `ROSTRA_<NAME>` or a line of the optional file `rostra.toml`
in the data directory; the environment wins. A wrong value stops the start and names the setting.
docs/settings.md lists them all, and a test keeps that list complete.
"""

import os
import re
import secrets
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "ROSTRA_"
_FORMS = {
    "feed_authority": (
        r"[a-z0-9.-]+,\d{4}(-\d\d){0,2}",
        "a host and a date on which it was yours, such as forum.example.org,2026",
    ),
    "content_usage": (
        r"[a-z*][a-z0-9_.*-]*=[yn](, ?[a-z*][a-z0-9_.*-]*=[yn])*",
        "categories with y or n, such as train-ai=n, search=y",
    ),
    "security_contact": (
        r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[\d-]+)",
        "begin with mailto:, https:// or tel:+, such as mailto:security@example.org",
    ),
}


def data_directory() -> Path:
    """Where this board keeps its database, files and configuration (`--data`, or ROSTRA_DATA)."""
    return Path(os.environ.get("ROSTRA_DATA") or "rostra-data").resolve()


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
        8, ge=1, le=200, description="Most connections a process opens to PostgreSQL."
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
    post_characters: int = Field(60_000, ge=500, le=1_000_000, description="Longest post, in characters.")
    guest_cache_megabytes: int = Field(
        64, ge=0, le=4096, description="Memory for guests' finished pages; 0 switches the cache off."
    )
    rate_limits: bool = Field(
        True, description="Limit how often one person may post, preview or try to sign in."
    )
    sync_writes: Literal["full", "normal"] = Field(
        "full", description="SQLite: 'full' survives a power cut; 'normal' is faster."
    )
    feed_authority: str = Field(
        "",
        description="Authority in the ids of feed entries, such as forum.example.org,2026; empty: this host.",
    )
    content_usage: str = Field("", description="What content may be used for by AIPREF, such as train-ai=n.")
    security_contact: str = Field("", description="Where to report a security hole: mailto: or https:.")
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

    @field_validator("feed_authority", "content_usage", "security_contact")
    @classmethod
    def _has_its_form(cls, value: str, info: ValidationInfo) -> str:
        pattern, words = _FORMS[str(info.field_name)]
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"must be empty or {words}")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("postgresql", "postgres", "sqlite"):
            raise ValueError("must be empty or begin with sqlite:///, postgresql:// or postgres://")
        return value


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
    name = str(error["loc"][0]) if error["loc"] else "?"
    if error["type"] == "extra_forbidden":
        return f"rostra.toml: '{name}' is not a setting of Rostra (docs/settings.md lists them)"
    return f"{PREFIX}{name.upper()} = {error['input']!r}: {error['msg']}"


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
