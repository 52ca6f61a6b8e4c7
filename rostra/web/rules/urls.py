"""Rules of a forum, and with the same addresses at the root those of the whole board."""

from typing import Any

from django.urls import URLPattern, re_path

from rostra.web.rules import carrying, changing, views

_PLACE = r"^(?:f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/)?rules/"
_RULE = r"(?P<rule>[0-9]{1,30})/"


def _at(path: str, view: Any, name: str) -> URLPattern:
    pattern: URLPattern = re_path(_PLACE + path, view, name=name)
    return pattern


urlpatterns = [
    _at(r"$", views.rules, "rules"),
    re_path(
        r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/rules/inherit/$",
        changing.inherit,
        name="rules-inherit",
    ),
    _at(r"new/$", changing.new, "rule-new"),
    _at(r"preset/$", changing.lay_down_preset, "rule-preset"),
    _at(r"yaml/$", carrying.carry, "rules-carry"),
    _at(r"rules\.yaml$", carrying.file, "rules-file"),
    _at(rf"{_RULE}history/$", views.history, "rule-history"),
    _at(rf"{_RULE}change/$", changing.amend, "rule-change"),
    _at(rf"{_RULE}repeal/$", changing.repeal, "rule-repeal"),
    _at(rf"{_RULE}switch/$", changing.switch, "rule-switch"),
    _at(rf"{_RULE}move/$", changing.move, "rule-move"),
]
