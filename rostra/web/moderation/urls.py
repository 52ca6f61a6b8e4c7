"""Addresses of moderation."""

from django.urls import path, re_path

from rostra.web.moderation import (
    bulk,
    cases,
    cleaning,
    deciding,
    journal,
    moving,
    notes,
    noticing,
    pacing,
    postlocks,
    queue,
    reporting,
    sanctioning,
    timing,
)

urlpatterns = [
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/lock$", deciding.lock, name="lock"),
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/move$", moving.move, name="move"),
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/slow$", pacing.of_topic, name="slow"),
    re_path(r"^f/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/bulk$", bulk.topics, name="bulk-topics"),
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/bulk$", bulk.posts, name="bulk-posts"),
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/timer$", timing.timer, name="timer"),
    re_path(
        r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/timer/(?P<timer>[0-9]{1,18})/drop$",
        timing.drop,
        name="timer-drop",
    ),
    re_path(r"^f/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/slow$", pacing.of_forum, name="forum-slow"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/notice/?$", noticing.notice, name="notice"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/lock/?$", postlocks.lock, name="post-lock"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/remove/?$", deciding.remove, name="remove"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/report/?$", reporting.report, name="report"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/reports/claim$", reporting.claim, name="reports-claim"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/reports/decline$", reporting.decline, name="reports-decline"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/sanction/?$", sanctioning.sanction, name="sanction"),
    re_path(r"^u/(?P<name>[^/]+)/spam/?$", cleaning.spam, name="member-spam"),
    re_path(r"^u/(?P<name>[^/]+)/notes/?$", notes.notes, name="member-notes"),
    re_path(
        r"^u/(?P<name>[^/]+)/notes/(?P<number>[0-9]{1,19})/withdraw$", notes.withdraw, name="note-withdraw"
    ),
    path("moderate/", queue.queue, name="moderate"),
    path("moderate/log/", journal.journal, name="moderate-log"),
    re_path(r"^moderate/held/(?P<number>[0-9]{1,19})/approve$", deciding.approve, name="held-approve"),
    re_path(r"^moderate/held/(?P<number>[0-9]{1,19})/refuse$", deciding.refuse_text, name="held-refuse"),
    path("waiting/", queue.own, name="waiting"),
    re_path(r"^waiting/(?P<number>[0-9]{1,19})/withdraw$", queue.withdraw, name="held-withdraw"),
    path("cases/", cases.own, name="cases"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/$", cases.case, name="case"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/appeal$", cases.appeal, name="case-appeal"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/decide$", cases.decide, name="case-decide"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/reverse$", cases.reverse, name="case-reverse"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/purge$", cases.purge_text, name="case-purge"),
    path("moderation/log/", cases.public_log, name="moderation-log"),
]
