"""A group goes, with all that was given to it."""

from django.utils.translation import gettext

from rostra.accounts.actors import Actor
from rostra.accounts.models import Group
from rostra.board.models import Stamp
from rostra.board.queries import stamp
from rostra.forums.effects import loses_office
from rostra.forums.policy import why_not_give
from rostra.forums.queries import forest
from rostra.forums.rights import Book, holder_of
from rostra.kernel.changes import change
from rostra.kernel.refusals import Gone, Refusal, refuse
from rostra.permissions.resolution import Holder


def without_group(book: Book, group_id: int) -> Book:
    """The board if there were no such group: nothing is given to it, and it moderates no forum."""
    holder = Holder("group", str(group_id))
    rows = [row for row in book.rows if holder_of(row) != holder]
    return Book(rows, [pair for pair in book.moderators if pair[1] != group_id], book.tree)


def moderated_by(book: Book, group_id: int) -> list[int]:
    """The forums of which a group is a moderator, by their ids."""
    return [forum for forum, group in book.moderators if group == group_id]


def why_not_drop(giver: Actor, book: Book, group_id: int) -> Refusal | None:
    """Why the actor may not drop a group: it may give no rights, or could not after that. So somebody always can."""
    if loses_office(book, without_group(book, group_id), giver):
        return Refusal(
            gettext("You could not give or take rights any more without this group."),
            gettext("Have an administrator do it, or have the right given to you in another way first."),
        )
    return why_not_give(giver)


def drop_group(*, giver: Actor, group_id: int) -> None:
    """Take a group away, with what was given to it; its members stay members of the board. Raises Refused and Gone."""
    with change(is_structural=True):
        Stamp.objects.select_for_update().get()  # what is read holds until this change is made
        refuse(why_not_drop(giver, forest(stamp().structure).book, group_id))
        if not Group.objects.filter(id=group_id).delete()[0]:
            raise Gone(gettext("There is no such group any more."))
