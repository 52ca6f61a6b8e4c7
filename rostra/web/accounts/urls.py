"""Signing up, in and out, passwords and e-mail addresses, at addresses of ours. Most names are allauth's."""

from allauth.account import views as allauth
from django.urls import path, re_path

from rostra.web.accounts import changes, views

urlpatterns = [
    path("sign-up/", views.SignUp.as_view(), name="account_signup"),
    path("sign-up/confirm/", views.sent, name="account_email_verification_sent"),
    re_path(r"^sign-up/confirm/(?P<key>[-:\w]+)/$", views.confirm, name="account_confirm_email"),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-in/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("sign-in/inactive/", views.inactive, name="account_inactive"),
    path("sign-in/forgotten/", views.Forgotten.as_view(), name="account_reset_password"),
    path("sign-in/forgotten/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "sign-in/forgotten/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("settings/account/", changes.account, name="settings-account"),
    path("settings/account/address/", changes.address, name="account_email"),
    path("settings/account/address/pending/", changes.pending_address, name="settings-pending-address"),
    path("settings/account/password/", changes.password, name="account_change_password"),
]
