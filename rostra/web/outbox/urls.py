"""Mails of a demo board."""

from django.urls import re_path

from rostra.web.outbox import views

urlpatterns = [
    re_path(r"^demo/mail/$", views.letters, name="demo-mail"),
    re_path(r"^demo/mail/(?P<number>[0-9]{1,18})/$", views.letter, name="demo-letter"),
]
