"""The board index."""

from django.urls import path

from rostra.web.index import views

urlpatterns = [
    path("", views.index, name="index"),
    path("keys/", views.keys, name="keys"),
    path("favicon.ico", views.favicon, name="favicon"),
]
