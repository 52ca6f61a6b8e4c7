"""Forums."""

from django.urls import re_path

from rostra.web.forums import password, views

urlpatterns = [
    re_path(r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/?$", views.forum, name="forum"),
    re_path(r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/read/$", views.mark_read, name="forum-read"),
    re_path(
        r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/password/?$",
        password.password,
        name="forum-password",
    ),
]
