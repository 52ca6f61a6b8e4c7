"""Ignoring members, topics and forums; the list of all that a reader filters out."""

from django.urls import path, re_path

from rostra.web.filters import views

urlpatterns = [
    re_path(r"^u/(?P<name>[^/]+)/ignore/?$", views.member, name="ignore-member"),
    re_path(r"^t/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/ignore/?$", views.topic, name="ignore-topic"),
    re_path(r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/ignore/?$", views.forum, name="ignore-forum"),
    path("settings/filters/", views.filters, name="settings-filters"),
]
