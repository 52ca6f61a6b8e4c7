"""Topics and posts."""

from django.urls import re_path

from rostra.web.topics import compose, views

TOPIC = r"^t/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/"
FORUM = r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/"
POST = r"^p/(?P<number>[0-9]{1,30})"

urlpatterns = [
    re_path(TOPIC + "?$", views.topic, name="topic"),
    re_path(POST + "/?$", views.permalink, name="permalink"),
    re_path(TOPIC + "reply/?$", compose.reply, name="reply"),
    re_path(FORUM + "new/?$", compose.new_topic, name="new-topic"),
    re_path(POST + "/edit/?$", compose.edit, name="edit"),
    re_path(POST + "/history/?$", views.history, name="history"),
    re_path(TOPIC + "arrange/?$", views.arrange, name="arrange"),
]
