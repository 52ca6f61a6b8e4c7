"""The board index."""

from django.urls import path

from rostra.web.index import views

urlpatterns = [
    path("", views.index, name="index"),
    path("favicon.ico", views.favicon, name="favicon"),
]
