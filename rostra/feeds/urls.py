"""Feeds and sitemaps."""

from django.urls import re_path

from rostra.feeds import sitemap, views

_ID = r"(?P<number>[0-9]{1,18})(?:-(?P<slug>[^/]*))?"

urlpatterns = [
    re_path(r"^feed/?$", views.board, name="feed"),
    re_path(rf"^f/{_ID}/feed/?$", views.forum, name="forum-feed"),
    re_path(rf"^t/{_ID}/feed/?$", views.topic, name="topic-feed"),
    re_path(r"^u/(?P<name>[^/]+)/feed/?$", views.member, name="member-feed"),
    re_path(r"^sitemap\.xml$", sitemap.index, name="sitemap"),
    re_path(r"^sitemap-(?P<number>0|[1-9][0-9]{0,6})\.xml$", sitemap.page, name="sitemap-page"),
]
