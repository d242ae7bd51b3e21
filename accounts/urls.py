"""Addresses for signing in and out, and for a forgotten password. Nobody signs up alone."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("masuk/", allauth.login, name="account_login"),
    path("keluar/", allauth.logout, name="account_logout"),
    path("sandi/ubah/", allauth.password_change, name="account_change_password"),
    path("sandi/lupa/", allauth.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/baru/selesai/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # allauth links here from its pages; it only says that an admin makes accounts
    path("daftar/", allauth.signup, name="account_signup"),
    path("akses/nonaktif/", allauth.account_inactive, name="account_inactive"),
    path("demo/surat/", views.demo_mail, name="demo_mail"),
]
