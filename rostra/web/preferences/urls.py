"""What members choose for themselves."""

from django.urls import path

from rostra.web.preferences import language

urlpatterns = [path("settings/language/", language.language, name="language-settings")]
