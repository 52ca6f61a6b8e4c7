"""A batch of records on its way into the tables."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from rostra.accounts.models import KEY_LENGTH, SKELETON_LENGTH, Group, User
from rostra.accounts.skeletons import skeleton
from rostra.board.actions import censor_word
from rostra.board.events import TagDefined
from rostra.board.models import THE_BOARD, Board, OwnTag
from rostra.board.queries import conventions_in_this_change
from rostra.board.tags import checked_hint, checked_sample, checked_tag
from rostra.forums.models import Forum, ForumModerators
from rostra.importers import people, ruling
from rostra.importers.known import refuse_known
from rostra.kernel.changes import change
from rostra.kernel.clock import now
from rostra.kernel.refusals import Invalid
from rostra.kernel.text import excerpt, name_key, slug
from rostra.markup import Conventions
from rostra.markup.bbcode.own import MOST_TAGS
from rostra.topics.counts import EXCERPT_LENGTH
from rostra.topics.models import Post, Revision, Topic
from rostra.topics.renderings import rendered_again, stored

FORMATS = (1, 2)
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
_SIMPLE: dict[str, Callable[[dict[str, Any]], None]] = {
    "group": people.add_group, "membership": people.add_membership, "request": people.add_request,
    "role": people.add_role, "grant": people.add_grant, "rule": ruling.add_rule, "held": ruling.add_held, "mark": ruling.add_mark,
    "case": ruling.add_case, "hiding": ruling.add_hiding, "former": ruling.add_former, "appeal": ruling.add_appeal, "report": ruling.add_report,
}  # fmt: skip
_AFTER_POSTS = frozenset({"mark", "held", "case", "hiding", "former", "appeal", "report"})
_PLURALS = {"board": "board", "censored": "censored words", "held": "held texts"}
KINDS = {kind.label: kind.value for kind in Topic.Kind}


class Batch:
    """Checks each record against what is there, then writes posts in bulk."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self._posts: list[Post] = []
        self._revisions: list[Revision] = []
        self._topics: dict[int, Topic | None] = {}
        self._users: dict[int, User | None] = {}
        self._post_ids: set[int] = set()
        self._revision_keys: set[tuple[int, int]] = set()
        self._conventions: Conventions | None = None

    def add(self, kind: str, values: dict[str, Any]) -> None:
        """Take a checked record. Raises ValueError when it does not fit what is there."""
        values.pop("note", None)
        if kind in _AFTER_POSTS:
            self.write()  # they name posts: these must be in the tables
        if kind in _SIMPLE:
            _SIMPLE[kind](values)
        else:
            getattr(self, f"_add_{kind}")(values)
        self.counted[_PLURALS.get(kind, f"{kind}s")] += 1

    def write(self) -> None:
        """Put the posts into the tables, and what lists show of their topics."""
        Post.objects.bulk_create(self._posts, batch_size=200)
        Revision.objects.bulk_create(self._revisions, batch_size=200)
        touched = [topic for topic in self._topics.values() if topic is not None]
        fields = [
            "author",
            "author_name",
            "created_at",
            "post_count",
            "last_position",
            "last_post_id",
            "last_post_at",
            "last_author_name",
            "last_excerpt",
        ]
        Topic.objects.bulk_update(touched, fields, batch_size=50)
        self._posts, self._revisions, self._topics = [], [], {}
        self._post_ids, self._revision_keys = set(), set()

    def _add_board(self, values: dict[str, Any]) -> None:
        if values.pop("format") not in FORMATS:
            known = " and ".join(map(str, FORMATS))
            raise ValueError(
                f"format: this version reads the formats {known}. Take a newer one, or export again"
            )
        if values["name"].strip() == "":
            raise ValueError("name: must not be empty")
        defaults = {"short_name": "", "tagline": "", "language": "en"}
        Board.objects.filter(id=THE_BOARD).update(**{**defaults, **values})

    def _add_tag(self, values: dict[str, Any]) -> None:
        try:
            tag = checked_tag(values["usage"], values["template"])
            hint, sample = checked_hint(values.get("hint", "")), checked_sample(values.get("sample", ""))
        except Invalid as invalid:
            field, words = next(iter(invalid.faults.items()))
            raise ValueError(f"{field}: {words}") from None
        if OwnTag.objects.filter(name=tag.name).exists():
            raise ValueError(f"usage: there is a tag {tag.name!r} already")
        if OwnTag.objects.count() >= MOST_TAGS:
            raise ValueError(f"a board has at most {MOST_TAGS} tags of its own")
        OwnTag.objects.create(name=tag.name, usage=tag.usage, template=tag.template, hint=hint, sample=sample)
        with change() as this:
            this.record(TagDefined(name=tag.name))  # posts that are here already may hold it
        self._conventions = None

    def _add_censored(self, values: dict[str, Any]) -> None:
        try:
            censor_word(**values)
        except Invalid as invalid:
            field, words = next(iter(invalid.faults.items()))
            raise ValueError(f"{field}: {words}") from None

    def _add_user(self, values: dict[str, Any]) -> None:
        refuse_known(User, "user", values["id"])
        key = name_key(values["name"])
        if not 1 <= len(key) <= KEY_LENGTH or User.objects.filter(name_key=key).exists():
            raise ValueError(f"name: {values['name']!r} is empty, taken, or looks like a name that is taken")
        User.objects.create(
            id=values["id"], name=values["name"], name_key=key, name_skeleton=skeleton(values["name"])[:SKELETON_LENGTH],
            email=values.get("email", "").lower(),
            title=values.get("title", ""), location=values.get("location", ""), about=values.get("about", ""),
            joined_at=values.get("joined") or now().replace(microsecond=0), is_admin=values.get("admin", False),
            is_active=values.get("active", True), password=values.get("password", "!"),
            muted_until=values.get("muted"), banned_until=values.get("banned"),
            has_unseen_cases=values.get("unseen", False), language=values.get("language", ""),
            time_zone=values.get("time_zone", ""), last_seen_on=values.get("seen"),
        )  # fmt: skip
        self._users.pop(values["id"], None)

    def _add_forum(self, values: dict[str, Any]) -> None:
        refuse_known(Forum, "forum", values["id"])
        parent, groups = values.get("parent"), list(dict.fromkeys(values.pop("moderator_groups", [])))
        above = Forum.objects.filter(id=parent).first() if parent else None
        if parent and (above is None or above.kind == Forum.Kind.LINK):
            raise ValueError(f"parent: there is no forum {parent} before this line, or it is a link")
        if values["kind"] == "link" and not values.get("link", "").startswith(("http://", "https://")):
            raise ValueError("link: a link forum needs an address that begins with http:// or https://")
        known = set(Group.objects.filter(id__in=groups).values_list("id", flat=True))
        if set(groups) - known:
            raise ValueError(f"moderator_groups: there is no group {min(set(groups) - known)}")
        last = Forum.objects.order_by("-place").values_list("place", flat=True).first() or 0
        Forum.objects.create(
            id=values["id"], parent=above, kind=values["kind"], name=values["name"], slug=slug(values["name"], "forum"),
            place=last + 1, description=values.get("description", ""), rules=values.get("rules", ""),
            link=values.get("link", ""), is_closed=values.get("closed", False), password=values.get("password", ""),
            inherits_rules=not values.get("own_rules_only", False),
        )  # fmt: skip
        ForumModerators.objects.bulk_create(
            [ForumModerators(forum_id=values["id"], group_id=group) for group in groups]
        )

    def _add_topic(self, values: dict[str, Any]) -> None:
        refuse_known(Topic, "topic", values["id"])
        if not Forum.objects.filter(id=values["forum"], kind=Forum.Kind.FORUM).exists():
            raise ValueError(
                f"forum: there is no forum {values['forum']} that holds topics, before this line"
            )
        self._topics[values["id"]] = Topic.objects.create(
            id=values["id"], forum_id=values["forum"], kind=KINDS[values["kind"]], title=values["title"],
            slug=slug(values["title"], "topic"), is_locked=values.get("locked", False), author_name="",
            view_count=values.get("views", 0), created_at=UNKNOWN, last_post_at=UNKNOWN, removed_at=values.get("removed"),
            moved_at=values.get("moved"), merged_post_id=values.get("merged"), slow_seconds=values.get("slow", 0),
            slow_until=values.get("slow_until"),
        )  # fmt: skip

    def _add_post(self, values: dict[str, Any]) -> None:
        if values["id"] in self._post_ids:
            raise ValueError(f"id: post {values['id']} stands in this file twice")
        refuse_known(Post, "post", values["id"])
        topic = self._topic(values["topic"])
        author = self._user(values["author"]) if values["author"] else None
        if values["author"] and author is None:
            raise ValueError(f"author: there is no user {values['author']} before this line")
        name = values.get("author_name") or (author.name if author else "")
        if not name:
            raise ValueError("author_name: a post without an author needs the name it was posted under")
        position = values.get("position", topic.last_position + 1)
        if position <= topic.last_position:
            raise ValueError(
                f"position: {position} is taken or passed in topic {topic.pk}; the next is {topic.last_position + 1}"
            )
        self._append(values, topic, author, name, position)

    def _append(
        self, values: dict[str, Any], topic: Topic, author: User | None, name: str, position: int
    ) -> None:
        if self._conventions is None:
            self._conventions = conventions_in_this_change()
        made = rendered_again(values["body"], values["markup"], self._conventions)
        post = Post(
            id=values["id"], topic=topic, author=author, author_name=name, position=position, created_at=values["created"],
            edited_at=values.get("edited"), edit_count=values.get("edits", 0), editor_name=values.get("editor", ""),
            edit_reason=values.get("reason", ""), removed_at=values.get("removed"), markup=values["markup"],
            source=values["body"], **stored(made),
        )  # fmt: skip
        self._posts.append(post)
        self._post_ids.add(values["id"])
        if topic.last_position == 0:
            topic.author, topic.author_name, topic.created_at = author, name, post.created_at
        topic.last_position = position
        if post.removed_at is None:
            topic.post_count += 1
            topic.last_post_id, topic.last_post_at, topic.last_author_name = post.pk, post.created_at, name
            topic.last_excerpt = excerpt(made.own, EXCERPT_LENGTH)

    def _add_revision(self, values: dict[str, Any]) -> None:
        post = values["post"]
        if post not in self._post_ids and not Post.objects.filter(id=post).exists():
            raise ValueError(f"post: there is no post {post} before this line")
        key = (post, values["number"])
        if (
            key in self._revision_keys
            or Revision.objects.filter(post_id=post, number=values["number"]).exists()
        ):
            raise ValueError(f"number: post {post} has a revision {values['number']} already")
        self._revision_keys.add(key)
        self._revisions.append(
            Revision(
                post_id=post, number=values["number"], markup=values["markup"], source=values["body"],
                title=values.get("title", ""), written_at=values["written"], writer_name=values.get("writer", ""),
                reason=values.get("reason", ""),
            )
        )  # fmt: skip

    def _topic(self, topic_id: int) -> Topic:
        if topic_id not in self._topics:
            self._topics[topic_id] = Topic.objects.filter(id=topic_id).first()
        found = self._topics[topic_id]
        if found is None:
            raise ValueError(f"topic: there is no topic {topic_id} before this line")
        return found

    def _user(self, user_id: int) -> User | None:
        if user_id not in self._users:
            self._users[user_id] = User.objects.filter(id=user_id).first()
        return self._users[user_id]
