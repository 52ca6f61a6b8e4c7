"""Signs that a text was copied from the news, and whether it says where it is from. They are signs, no proof."""

import regex

LOOKED_AT = 6_000  # characters
_AGENCIES = r"Reuters|AP|AFP|dpa|DPA|TASS|Tass|Xinhua|UPI|ANSA|EFE|Interfax|Kyodo|Anadolu|Associated Press|Agence France-Presse|Bloomberg|IANS|PTI|Yonhap"
# WARSAW (Reuters) - ... ; BERLIN, 12 May / May 12 — ...
_DATELINE = regex.compile(
    rf"^[ \t]*+\p{{Lu}}[\p{{L}} .,/'-]{{1,40}}?(?:\((?:{_AGENCIES})\)|,\s*(?:\p{{L}}{{3,9}}\.?\s\d{{1,2}}|\d{{1,2}}\s\p{{L}}{{3,9}})\.?(?:\s*\([^)\n]{{2,30}}\))?)\s*[-–—]",
    regex.MULTILINE,
)
_PLACE_LINE = regex.compile(
    r"^[ \t]*+\p{Lu}{4}[\p{Lu} ,.'-]{0,30}\s?[–—]\s?\p{Lu}", regex.MULTILINE
)  # LONDON — The
_WHEN_SAID = regex.compile(
    r"\b(?:said|told|announced|reported|added)\b[^.\n]{0,80}\b(?:on|late|early) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b[^.\n]{0,40}\b(?:said|told|announced|reported)\b",
    regex.IGNORECASE,
)
_AGENCY = regex.compile(
    rf"\((?:{_AGENCIES})\)|/(?:{_AGENCIES})\b|\b(?:told|Reporting by|reported by) (?:{_AGENCIES})\b"
)
_BYLINE = regex.compile(
    r"^[ \t]*+(?:By|Von|Par|Por) \p{Lu}[\p{L}.'-]++(?: \p{Lu}[\p{L}.'-]++){1,3}(?:,[^\n]{0,60})?[ \t]*+$",
    regex.MULTILINE,
)
_CREDIT = regex.compile(
    r"(?:©|\(c\)|Copyright)\s*\d{4}|All rights reserved|^[ \t]*+(?:Published|Updated|Last updated|Posted)(?: on| at)?:?\s[^\n]{0,30}\d"
    r"|^[ \t]*+(?:Read more|Read also|Related|Advertisement|Photo|Editing by|Additional reporting)\b[^\n]{0,5}:|staff writer",
    regex.MULTILINE | regex.IGNORECASE,
)
_REPORTED = regex.compile(
    r"\b(?:said|told|added|announced|according to|reported|spokes(?:man|woman|person)|in a statement|declined to comment)\b",
    regex.IGNORECASE,
)
_FIRST_PERSON = regex.compile(r"\b(?:I|I'm|I've|I'd|me|my|IMO|IMHO)\b")
_SPEECH = regex.compile(r"“[^“”\n]{1,600}+”|\"[^\"\n]{1,600}\"")
_SOURCE = regex.compile(
    r"^[ \t]*+(?:source|sources|via|from|quelle|quellen|fuente|fonte|источник)\s*:\s*\S|\bsource:\s*\S|[(\[]source\b[^)\]\n]{2,80}[)\]]",
    regex.MULTILINE | regex.IGNORECASE,
)
_MUCH_REPORTED = 3


def news_signs(text: str) -> int:
    """How many different signs of the news a text bears, 0 to 6: a dateline, an agency, a byline, a credit, a day of the
    week on which something was said, and at least three times what others said with nothing in the first person."""
    beginning = text[:LOOKED_AT]
    has_dateline = bool(_DATELINE.search(beginning) or _PLACE_LINE.search(beginning))
    signs = sum(bool(sign.search(beginning)) for sign in (_AGENCY, _BYLINE, _CREDIT, _WHEN_SAID))
    return has_dateline + signs + _only_reports(beginning)


def names_source(text: str) -> bool:
    """Does a text name its source in words, as in “Source: …”?"""
    return bool(_SOURCE.search(text[:LOOKED_AT]))


def _only_reports(text: str) -> bool:
    if len(_REPORTED.findall(text)) < _MUCH_REPORTED:
        return False
    return not _FIRST_PERSON.search(_SPEECH.sub(" ", text))
