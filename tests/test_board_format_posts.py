"""What moderators did to posts and topics goes out of a board and into another as it is."""

from pathlib import Path

import pytest

from rostra.accounts.actors import actor_of
from rostra.accounts.models import User
from rostra.board.queries import stamp
from rostra.exporters.board import export_board
from rostra.forums.queries import forest
from rostra.houserules.actions import lay_down_rule
from rostra.importers.board import import_board
from rostra.moderation.actions import remove_with_reasons
from rostra.moderation.editing import Edit, edit_with_reasons
from rostra.moderation.models import Former
from rostra.moderation.postlocks import lock_post
from rostra.moderation.purging import purge
from rostra.moderation.reasons import Reasons
from rostra.moderation.sanctions import Sanction, sanction_author
from rostra.topics.models import PostMark
from rostra.topics.moving import merge_topics
from rostra.topics.policy import readable_topic
from tests.cast import Board
from tests.test_board_format import Quiet
from tests.test_board_format_moderation import FACTS, _empty

pytestmark = pytest.mark.django_db


def test_what_became_of_posts_and_topics_comes_back_the_same(tmp_path: Path) -> None:
    board = Board()
    dora, node = board.actor("dora"), board.node()
    rule = lay_down_rule(author=dora, forum=None, text="Argue with what people say.")
    reasons = Reasons(rule, FACTS, "", "law", "own")
    first, second = board.topic("One"), board.topic("Two")
    posts = [board.reply(first, f"An answer, number {number}.") for number in range(4)]
    merge_topics(moderator=dora, topic=second, forum=node, into=first, there=node, title="Both")
    sanction_author(
        moderator=dora, forum=node, post_id=posts[0].pk, sanction=Sanction("ban_forum", days=3), reasons=reasons
    )  # fmt: skip
    lock_post(moderator=dora, forum=node, post_id=posts[0].pk, reasons=reasons)
    edited = edit_with_reasons(
        moderator=dora, post_id=posts[1].pk, topic=board.row(first.id), forum=node, edit=Edit("Another text."), reasons=reasons
    )  # fmt: skip
    assert edited is not None
    removed = remove_with_reasons(moderator=dora, forum=node, post_id=posts[2].pk, reasons=reasons)
    purge(moderator=dora, forum=node, case_id=removed.pk)
    path, again = tmp_path / "board.jsonl", tmp_path / "again.jsonl"
    export_board(path, Quiet())
    Former.objects.all().delete()
    PostMark.objects.all().delete()
    _empty()
    import_board(path, Quiet())
    export_board(again, Quiet())
    assert again.read_text() == path.read_text()
    assert actor_of(User.objects.get(name="carol")).barred_now
    assert PostMark.objects.get(post_id=posts[0].pk).is_locked
    found = readable_topic(second.id, actor_of(User.objects.get(name="alice")), forest(stamp().structure))
    assert found is not None
    assert found[0].id == first.id
