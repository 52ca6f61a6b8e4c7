"""What stands around every page, each piece made once for each state: styles, the board's name, lists, the foot."""

from collections.abc import Callable

from markupsafe import Markup

from rostra.board.queries import Profile
from rostra.web.dates import zone_name
from rostra.web.fragments import Fragments
from rostra.web.languages import here
from rostra.web.navigation import lists_of

_STYLES = Fragments("ui/styles.html", most=100)
_ASSETS = Fragments("ui/assets.html", most=100)
_NAMES = Fragments("ui/names.html", most=100)
_LISTS = Fragments("ui/lists.html", most=1024)
_FEET = Fragments("ui/foot.html", most=1024)


def styles() -> Markup:
    """Links to the style sheets of every page."""
    return _STYLES.piece(None, dict)


def assets() -> Markup:
    """The icon, the style sheets and the scripts that every page loads."""
    follows = not here().is_own_zone
    return _ASSETS.piece(follows, lambda: {"follows": follows})


def board_names(board: Profile) -> Markup:
    """The board's name and what it says of itself."""
    return _NAMES.piece(board, lambda: {"board": board})


def lists(is_member: bool, path: str) -> Markup:
    """The lists of topics that somebody has, the one at this path marked as the page that is shown."""
    named = lists_of(is_member)
    current = next((address for address, _words in named if address == path), "")
    return _LISTS.piece((is_member, current), lambda: {"lists": named, "current": current})


def foot(board: Profile, is_member: bool) -> Markup:
    """Under every page: the zone of its times, and where members choose another."""
    place = here()
    return _FEET.piece(
        (board, place.is_own_zone, is_member),
        lambda: {
            "board": board,
            "place": place,
            "zone_name": zone_name(place.zone, place.language),
            "is_member": is_member,
        },
    )


GLOBALS: dict[str, Callable[..., Markup]] = {
    "assets": assets, "board_names": board_names, "foot": foot, "lists": lists, "styles": styles,
}  # fmt: skip
