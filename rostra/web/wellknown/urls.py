"""The files that programs ask every site for."""

from django.urls import path

from rostra.web.wellknown import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
    path(".well-known/change-password", views.change_password, name="change-password"),
]
