"""Content codings: pages that are kept are packed well, pages made for one reader quickly.

Zstandard packs a member's page in a fifth of the time that Brotli or gzip need for the same size
(docs/decisions/0008).
"""

import gzip
import threading
from functools import lru_cache

import brotli
import zstandard

Headers = list[tuple[str, str]]
_SMALL = 1200
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg")
_local = threading.local()


def coding_for(accepted: str, *, is_kept: bool) -> str:
    """The coding to answer in, given `Accept-Encoding`; empty for none."""
    known = _wanted(accepted)
    for coding in ("br", "zstd", "gzip") if is_kept else ("zstd", "br", "gzip"):
        if coding in known:
            return coding
    return ""


@lru_cache(maxsize=256)
def _wanted(accepted: str) -> frozenset[str]:
    """The codings of a header, without those that it refuses (q=0)."""
    wanted = set()
    for part in accepted[:400].split(","):
        name, _semicolon, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            wanted.add(name.strip().lower())
    return frozenset(wanted)


def compress(coding: str, body: bytes, *, is_kept: bool) -> bytes:
    """The body in a coding."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=5 if is_kept else 3))
    if coding == "zstd":
        return bytes(_zstandard().compress(body))
    return gzip.compress(body, 6 if is_kept else 3, mtime=0) if coding else body


def is_worth_it(headers: Headers, body: bytes) -> bool:
    """Long enough, and text?"""
    kind = next((value for name, value in headers if name == "Content-Type"), "")
    return len(body) > _SMALL and kind.startswith(_COMPRESSIBLE)


def _zstandard() -> zstandard.ZstdCompressor:
    """One for each thread: it keeps its tables between pages."""
    if not hasattr(_local, "zstandard"):
        _local.zstandard = zstandard.ZstdCompressor(level=3)
    found: zstandard.ZstdCompressor = _local.zstandard
    return found
