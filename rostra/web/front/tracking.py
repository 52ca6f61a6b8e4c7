"""Marks that programs add to links so as to follow people. They name no page, so nothing here reads them.

A link in a newsletter or a post elsewhere has other marks each time. Dropped before anything looks at the query,
they neither fill the cache of guests' pages nor have a page made anew.
"""

from urllib.parse import unquote_plus

_BEGINNINGS = ("utm_", "mtm_", "pk_", "matomo_", "hsa_", "_hs")
_NAMES = frozenset(
    (
        "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl",
        "msclkid", "yclid", "ysclid", "twclid", "ttclid", "li_fat_id", "igsh", "igshid", "rdt_cid", "epik", "s_kwcid",
        "mc_cid", "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "vero_id", "vero_conv", "oly_anon_id",
        "oly_enc_id", "rb_clid", "wickedid", "__s", "ref_src", "sid", "phpsessid",
    )
)  # fmt: skip


def without_tracking(query: str) -> str:
    """The query as it was, less the parts that only follow somebody; `sid` is the session of old boards."""
    if not query:
        return query
    parts = query.split("&")
    kept = [part for part in parts if not _is_mark(part)]
    return query if len(kept) == len(parts) else "&".join(kept)


def _is_mark(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0]).lower()
    return name in _NAMES or name.startswith(_BEGINNINGS)
