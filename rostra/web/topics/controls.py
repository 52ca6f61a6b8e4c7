"""What a viewer may do with each post of a topic: asked of the policy once for the topic, then for each post."""

from collections.abc import Callable
from typing import NamedTuple

from rostra.accounts.actors import Actor
from rostra.forums import policy as forum_policy
from rostra.forums.queries import Node
from rostra.permissions.capabilities import May
from rostra.topics import policy
from rostra.topics.queries import PostRow, TopicRow


class Controls(NamedTuple):
    """What a viewer may do with a post."""

    topic_address: str
    may_quote: bool
    may_edit: bool
    may_withdraw: bool
    may_remove: bool = False
    may_report: bool = False
    may_sanction: bool = False
    may_split: bool = False
    may_author: bool = False
    may_notice: bool = False
    may_write_to: bool = False
    may_lock: bool = False
    may_choose: bool = False  # one of several that are to be removed

    @property
    def has_more(self) -> bool:
        """Is there anything that moderators do seldom?"""
        return self.may_lock or self.may_notice or self.may_split or self.may_author or self.may_write_to


def controls_for(
    actor: Actor, topic: TopicRow, forum: Node, address: str, *, may_reply: bool, chooses: bool
) -> Callable[[PostRow], Controls]:
    """What the viewer may do with a post; `address` is the topic's. `chooses`: several are to be removed at once."""

    def here(capability: May) -> bool:
        return not forum.read_only and forum_policy.may(actor, forum, capability)

    edits_others, may_sanction = here(May.MOD_EDIT), here(May.MOD_WARN) or here(May.MOD_BAN)
    may_lock, may_remove = here(May.MOD_LOCK), here(May.MOD_REMOVE)
    moderates = actor.is_member and not forum.read_only and forum_policy.is_moderator(actor, forum)
    may_report = actor.is_member and here(May.REPORT)
    for_all = {
        "may_notice": edits_others, "may_remove": may_remove, "may_split": here(May.MOD_SPLIT), "may_author": here(May.MOD_AUTHOR),
    }  # fmt: skip

    def of_another(*, has_author: bool) -> Controls:
        return Controls(
            address, may_reply, edits_others, may_withdraw=False, may_report=may_report, may_sanction=may_sanction and has_author,
            may_write_to=moderates and has_author, may_lock=may_lock, **for_all,
        )  # fmt: skip

    with_author, without_author = (
        of_another(has_author=True),
        of_another(has_author=False),
    )  # most posts: once for all

    def controls(post: PostRow) -> Controls:
        given = with_author if post.author_id else without_author
        if actor.is_member and post.author_id == actor.id:
            may_edit = edits_others or policy.why_not_edit(actor, post, topic, forum) is None
            may_withdraw = policy.why_not_withdraw(actor, post, topic, forum) is None
            given = Controls(address, may_reply, may_edit, may_withdraw, **for_all)
        return given._replace(may_choose=may_remove and post.position > 1) if chooses else given

    return controls
