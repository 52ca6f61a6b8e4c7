"""The footer's word on the times of a page: which zone they are in."""

from markupsafe import Markup

from rostra.web.dates import zone_name
from rostra.web.fragments import Fragments
from rostra.web.languages import here

_NOTES = Fragments("ui/zone.html", most=1024)


def zone_note(is_member: bool) -> Markup:
    """The zone of the page being made; members are led to where they choose another."""
    place = here()
    return _NOTES.piece(
        (place.is_own_zone, is_member),
        lambda: {
            "place": place,
            "zone_name": zone_name(place.zone, place.language),
            "is_member": is_member,
        },
    )
