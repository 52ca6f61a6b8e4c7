"""Settings of a member. The page of the account is in `web/accounts`."""

from django.urls import path

from rostra.web.preferences import language, profile, rights, sessions

urlpatterns = [
    path("settings/", profile.settings_index, name="settings"),
    path("settings/profile/", profile.profile, name="settings-profile"),
    path("settings/language/", language.language, name="language-settings"),
    path("settings/rights/", rights.rights, name="settings-rights"),
    path("settings/sessions/", sessions.sessions, name="settings-sessions"),
    path("settings/sessions/end/", sessions.end, name="settings-sessions-end"),
]
