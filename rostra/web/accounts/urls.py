"""Signing up, in and out: allauth's views at addresses of ours. The names are allauth's."""

from allauth.account import views as allauth
from django.urls import path

from rostra.web.accounts import views

urlpatterns = [
    path("sign-up/", allauth.signup, name="account_signup"),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-in/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive/", views.inactive, name="account_inactive"),
    path("sign-in/forgotten/", views.forgotten, name="account_reset_password"),
]
