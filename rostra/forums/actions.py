"""Writes to the tree."""

from django.utils.translation import gettext

from rostra.accounts.models import Group
from rostra.forums.models import Forum, ForumModerators
from rostra.kernel.changes import change
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import slug


def found_forum(
    *,
    name: str,
    kind: str = Forum.Kind.FORUM,
    parent: Forum | None = None,
    description: str = "",
    rules: str = "",
    link: str = "",
    is_closed: bool = False,
    moderator_groups: list[Group] | None = None,
    place: int | None = None,
    id: int | None = None,
) -> Forum:
    """Add a forum, category or link to the tree, last among its siblings unless `place` says otherwise.

    Raises Invalid when it is put below a link, or is a link without an address.
    """
    if parent is not None and parent.kind == Forum.Kind.LINK:
        words = gettext("“%(forum)s” is a link: nothing can stand below it.")
        raise Invalid(parent=words % {"forum": parent.name})
    if kind == Forum.Kind.LINK and not link.startswith(("http://", "https://")):
        raise Invalid(link=gettext("A link forum needs an address that begins with http:// or https://."))
    with change(is_structural=True):
        last = Forum.objects.order_by("-place").values_list("place", flat=True).first() or 0
        forum = Forum.objects.create(
            id=id, name=name, slug=slug(name, "forum"), kind=kind, parent=parent, description=description,
            rules=rules, link=link, is_closed=is_closed, place=last + 1 if place is None else place,
        )  # fmt: skip
        for group in moderator_groups or []:
            appoint(forum=forum, group=group)
    return forum


def appoint(*, forum: Forum, group: Group) -> None:
    """Let a group moderate a forum."""
    with change(is_structural=True):
        ForumModerators.objects.get_or_create(forum=forum, group=group)
