"""The living style page."""

from django.urls import path

from rostra.web.style import views

urlpatterns = [path("-/style/", views.style, name="style")]
