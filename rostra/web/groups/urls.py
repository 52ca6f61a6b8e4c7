"""Groups."""

from django.urls import path, re_path

from rostra.web.groups import views

urlpatterns = [
    path("groups/", views.listed, name="groups"),
    re_path(r"^groups/(?P<number>[0-9]{1,18})/$", views.group, name="group"),
]
