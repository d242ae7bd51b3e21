"""Addresses for signing in and out, and for a forgotten password. Nobody signs up alone."""

from allauth.account import views as allauth
from django.urls import path, re_path

from accounts.views import agencies, demo, joining, leave, people

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
    path("demo/surat/", demo.demo_mail, name="demo_mail"),
    path("undangan/<str:key>/", joining.join, name="join"),
    path("profil/opd/", joining.switch_agency, name="switch_agency"),
    path("people/", people.index, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="change_person"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<int:pk>/clear_factor/", people.clear_factor, name="clear_factor"),
    path("people/invitations/<int:pk>/send_again/", people.send_again, name="invite_again"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw_invitation"),
    path("people/delegations/", leave.delegations, name="delegations"),
    path("people/delegations/<int:pk>/agree/", leave.agree, name="agree_delegation"),
    path("people/delegations/<int:pk>/end/", leave.end, name="end_delegation"),
    path("agencies/", agencies.index, name="agencies"),
    path("agencies/<int:pk>/", agencies.agency, name="agency"),
    path("agencies/<int:pk>/change/", agencies.change, name="change_agency"),
    path("agencies/changes/<int:pk>/agree/", agencies.agree, name="agree_change"),
    path("agencies/changes/<int:pk>/decline/", agencies.decline, name="decline_change"),
]
