"""Topics and posts."""

from django.urls import re_path

from rostra.web.topics import changing, compose, pasting, reading

TOPIC = r"^t/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/"
FORUM = r"^f/(?P<number>[0-9]{1,30})(?:-(?P<slug>[^/]*))?/"
POST = r"^p/(?P<number>[0-9]{1,30})"

urlpatterns = [
    re_path(TOPIC + "?$", reading.topic, name="topic"),
    re_path(POST + "/?$", reading.permalink, name="permalink"),
    re_path(TOPIC + "unread/?$", reading.first_unread, name="first-unread"),
    re_path(TOPIC + "by/(?P<name>[^/]+)/?$", reading.by_one, name="by-one"),
    re_path(TOPIC + "print/?$", reading.for_print, name="print"),
    re_path(TOPIC + "reply/?$", compose.reply, name="reply"),
    re_path(FORUM + "new/?$", compose.new_topic, name="new-topic"),
    re_path(POST + "/edit/?$", compose.edit, name="edit"),
    re_path(POST + "/quotation/?$", compose.quote, name="quotation"),
    re_path("^paste$", pasting.paste, name="paste"),
    re_path(POST + "/history/?$", changing.history, name="history"),
    re_path(POST + "/withdraw/?$", changing.withdraw, name="withdraw"),
    re_path(TOPIC + "arrange/?$", changing.arrange, name="arrange"),
]
