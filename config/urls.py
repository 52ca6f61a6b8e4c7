"""The one address table; each area of `web` brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("rostra.web.index.urls")),
    path("", include("rostra.web.lists.urls")),
    path("", include("rostra.web.drafts.urls")),
    path("", include("rostra.web.forums.urls")),
    path("", include("rostra.web.rules.urls")),
    path("", include("rostra.web.topics.urls")),
    path("", include("rostra.web.arranging.urls")),
    path("", include("rostra.web.members.urls")),
    path("", include("rostra.web.bans.urls")),
    path("", include("rostra.web.accounts.urls")),
    path("", include("rostra.web.filters.urls")),
    path("", include("rostra.web.preferences.urls")),
    path("", include("rostra.web.groups.urls")),
    path("", include("rostra.web.manage.urls")),
    path("", include("rostra.web.moderation.urls")),
    path("", include("rostra.web.modmail.urls")),
    path("", include("rostra.web.outbox.urls")),
    path("", include("rostra.web.wellknown.urls")),
    path("", include("rostra.feeds.urls")),
    path("", include("rostra.web.style.urls")),
    path("-/", include("rostra.web.health.urls")),
    path("", include("rostra.web.legacy.urls")),
]

handler400 = "rostra.web.errors.bad_request"
handler403 = "rostra.web.errors.forbidden"
handler404 = "rostra.web.errors.not_found"
handler500 = "rostra.web.errors.server_error"
