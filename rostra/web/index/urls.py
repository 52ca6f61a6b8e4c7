"""The board index, and pages about the board."""

from django.urls import path

from rostra.web.index import statement, views

urlpatterns = [
    path("", views.index, name="index"),
    path("keys/", views.keys, name="keys"),
    path("accessibility/", statement.accessibility, name="accessibility"),
    path("favicon.ico", views.favicon, name="favicon"),
]
