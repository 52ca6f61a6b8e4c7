"""Addresses of arranging posts."""

from django.urls import re_path

from rostra.web.arranging import authors, merging, splitting

_TOPIC = r"^t/(?P<number>[0-9]{1,19})(?:-(?P<slug>[^/]*))?/"

urlpatterns = [
    re_path(_TOPIC + "split/?$", splitting.split, name="split"),
    re_path(_TOPIC + "merge/?$", merging.merge, name="merge"),
    re_path(r"^p/(?P<number>[0-9]{1,19})/author/?$", authors.author, name="author"),
]
