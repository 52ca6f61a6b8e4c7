"""Assets: our own, htmx out of its package, hashed into their names and compressed when they are collected."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django_htmx
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

import rostra

LIBRARY = Path(django_htmx.__file__).parent / "static" / "django_htmx"
FROM_LIBRARY = ("htmx-2.min.js",)


class LibraryAssets(BaseFinder):
    """The one file we serve out of django-htmx, compressed with ours."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.storage = FileSystemStorage(location=LIBRARY)

    def check(self, **_: Any) -> list[Any]:
        """Nothing can be misconfigured."""
        return []

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Where a file of the library lies."""
        found = [str(LIBRARY / name) for name in FROM_LIBRARY if name == path]
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The library's files that are served."""
        for name in FROM_LIBRARY:
            yield name, self.storage


class HashedAssets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Names with the content's hash; imports between ES modules follow."""

    support_js_module_import_aggregation = True
    keep_only_hashed_files = True


def collect() -> bool:
    """Bring the assets into the data directory when they are not there yet, or changed; returns whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(rostra.__version__.encode())
    folder = Path(settings.STATICFILES_DIRS[0])
    for path in [*sorted(folder.rglob("*")), *(LIBRARY / name for name in FROM_LIBRARY)]:
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
