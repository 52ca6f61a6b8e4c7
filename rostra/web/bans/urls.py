"""Banned addresses, and the addresses of members."""

from django.urls import path, re_path

from rostra.web.bans import looking, managing

urlpatterns = [
    path("manage/bans/", managing.bans, name="manage-bans"),
    path("manage/looks/", looking.looks, name="manage-looks"),
    re_path(r"^u/(?P<name>[^/]+)/addresses/?$", looking.addresses, name="member-addresses"),
    re_path(r"^moderate/looks/(?P<number>[0-9]{1,18})/$", looking.look, name="look"),
]
