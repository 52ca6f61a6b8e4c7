"""What phpBB called its pages, at the root or in one folder. The last of the table: our own addresses go first."""

from django.urls import re_path

from rostra.web.legacy import views

# The folder of the old board, whatever it was called.
FOLDER = r"^(?:[^/]{1,40}/)?"
# Folders whose bare address was the board's index. Any name would swallow addresses of ours to come.
INDEX = r"^(?:[Ff]orums?|(?:phpbb|phpBB|PHPBB)[23]?|[Bb]oard|[Cc]ommunity)/?$"
FEED = FOLDER + r"(?:app\.php/)?feed"

urlpatterns = [
    re_path(FOLDER + r"viewtopic\.php$", views.topic, name="legacy-topic"),
    re_path(FOLDER + r"viewforum\.php$", views.forum, name="legacy-forum"),
    re_path(FOLDER + r"memberlist\.php$", views.member, name="legacy-member"),
    re_path(FOLDER + r"search\.php$", views.search, name="legacy-search"),
    re_path(FOLDER + r"index\.php$", views.index, name="legacy-index"),
    re_path(INDEX, views.index, name="legacy-folder"),
    re_path(FOLDER + r"feed\.php$", views.feed, name="legacy-feed"),
    re_path(FEED + r"/(?P<what>forum|topic)/(?P<number>[0-9]{1,30})/?$", views.feed, name="legacy-feed"),
    re_path(FEED + r"(?:/(?:forums|news|topics(?:_new|_active)?))?/?$", views.feed, name="legacy-feed"),
]
