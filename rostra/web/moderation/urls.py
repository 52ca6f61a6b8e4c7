"""Addresses of moderation."""

from django.urls import path, re_path

from rostra.web.moderation import cases, deciding, moving, queue, reporting, sanctioning

urlpatterns = [
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/lock$", deciding.lock, name="lock"),
    re_path(r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/move$", moving.move, name="move"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/remove/?$", deciding.remove, name="remove"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/report/?$", reporting.report, name="report"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/reports/claim$", reporting.claim, name="reports-claim"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/reports/decline$", reporting.decline, name="reports-decline"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/sanction/?$", sanctioning.sanction, name="sanction"),
    path("moderate/", queue.queue, name="moderate"),
    re_path(r"^moderate/held/(?P<number>[0-9]{1,19})/approve$", deciding.approve, name="held-approve"),
    re_path(r"^moderate/held/(?P<number>[0-9]{1,19})/refuse$", deciding.refuse_text, name="held-refuse"),
    path("waiting/", queue.own, name="waiting"),
    re_path(r"^waiting/(?P<number>[0-9]{1,19})/withdraw$", queue.withdraw, name="held-withdraw"),
    path("cases/", cases.own, name="cases"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/$", cases.case, name="case"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/appeal$", cases.appeal, name="case-appeal"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/decide$", cases.decide, name="case-decide"),
    re_path(r"^case/(?P<number>[0-9]{1,19})/reverse$", cases.reverse, name="case-reverse"),
    path("moderation/log/", cases.public_log, name="moderation-log"),
]
