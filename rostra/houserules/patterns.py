"""Which regular expressions a condition may hold: those that Rust compiles and runs in well under a millisecond.

Rust's engine is linear in the text, but a pattern may be huge: `(x{1,300}){1,300}y` takes two minutes. So repetitions
with numbers are left out, and the classes of all letters of all scripts, which are large, are counted.
"""

import re

from django.utils.translation import gettext as _

LONGEST = 60  # characters
MOST_CLASSES = 2  # \w, \d, \s, \b
_CLASS = r"\\[wWdDsS]|\\[bB]"
_TOKEN = re.compile(
    rf"""(?P<wide>{_CLASS})
    |\\[\\.^$|?*+()\[\]/"'&~#-]                      # a sign that means itself
    |\[\^?(?:[^\W_]-[^\W_]|[^\W_]|[ _.,:;!?@%=<>/"'-]|\\[\\.^$\[\]-])+\]   # one of these signs
    |\((?:\?:)?(?!\?)|\)
    |[*+?]\??
    |[^\\\[\](){{}}*+?]""",
    re.VERBOSE,
)
_RANGE = re.compile(r"([^\W_])-([^\W_])")


def why_not_pattern(pattern: str, *, is_repeated: bool = False) -> str:
    """What is wrong with a regular expression, for the rule's author; empty when it may be used.

    `is_repeated`: it is asked of each entry of a list, and built anew for each.
    """
    if len(pattern) > LONGEST:
        return _("the pattern has %(number)s characters; at most %(most)s are allowed") % {
            "number": len(pattern),
            "most": LONGEST,
        }
    place, wide = len("(?i)") if pattern.startswith("(?i)") else 0, 0
    while place < len(pattern):
        found = _TOKEN.match(pattern, place)
        if found is None:
            return _("in the pattern “%(pattern)s”, “%(part)s” cannot be used") % {
                "pattern": pattern,
                "part": pattern[place : place + 10],
            }
        if found[0][0] == "[" and (fault := _why_not_range(found[0])):
            return fault
        wide += found["wide"] is not None
        place = found.end()
    if wide and is_repeated:
        return _("within a list, write [a-z] and [0-9] instead of \\w, \\d, \\s and \\b")
    if wide > MOST_CLASSES:
        return _("the pattern holds \\w, \\d, \\s or \\b %(number)s times; at most %(most)s are allowed") % {
            "number": wide,
            "most": MOST_CLASSES,
        }
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as fault:
        return _("“%(pattern)s” is no pattern: %(fault)s") % {"pattern": pattern, "fault": fault}
    return ""


def _why_not_range(group: str) -> str:
    for begin, end in _RANGE.findall(group):
        if not (group.isascii() and begin <= end):
            return _("“%(begin)s-%(end)s” is no range of letters or digits without accents") % {
                "begin": begin,
                "end": end,
            }
    return ""
