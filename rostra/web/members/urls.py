"""Profiles."""

from django.urls import re_path

from rostra.web.members import views

urlpatterns = [
    re_path(r"^u/(?P<name>[^/]+)/?$", views.member, name="member"),
    re_path(r"^u/(?P<name>[^/]+)/topics/?$", views.topics, name="member-topics"),
]
