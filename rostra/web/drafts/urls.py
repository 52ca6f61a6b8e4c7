"""Drafts."""

from django.urls import path

from rostra.web.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/save", views.save, name="draft-save"),
    path("drafts/discard", views.discard, name="draft-discard"),
]
