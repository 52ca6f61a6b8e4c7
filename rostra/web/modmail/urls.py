"""Addresses of conversations with moderators."""

from django.urls import path, re_path

from rostra.web.modmail import beginning, views

urlpatterns = [
    path("mail/", views.own, name="mail"),
    path("mail/new/", beginning.new, name="mail-new"),
    re_path(r"^mail/(?P<number>[0-9]{1,19})/$", views.conversation, name="conversation"),
    re_path(r"^mail/(?P<number>[0-9]{1,19})/answer$", views.send_answer, name="conversation-answer"),
    re_path(r"^mail/(?P<number>[0-9]{1,19})/close$", views.end, name="conversation-close"),
    re_path(r"^mail/(?P<number>[0-9]{1,19})/claim$", views.claim_it, name="conversation-claim"),
    path("moderate/mail/", views.moderators, name="moderate-mail"),
    re_path(r"^u/(?P<name>[^/]+)/write/?$", beginning.write, name="write-as-moderators"),
]
