"""Addresses for signing in and out, for a forgotten password, and for one's own profile.

Nobody signs up alone.
"""

from allauth.account import views as allauth
from allauth.mfa.webauthn.views import EditWebAuthnView
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from accounts.step_up import with_fresh_factor
from accounts.views import (
    agencies,
    door,
    factors,
    joining,
    leave,
    letters,
    people,
    profile,
)

_changes_sign_in = with_fresh_factor(
    because=_("Ini mengubah cara Anda masuk. Pastikan dulu bahwa ini memang Anda."), keeps=False
)
_to_profile = RedirectView.as_view(pattern_name="profile")

urlpatterns = [
    path("masuk/", allauth.login, name="account_login"),
    path("masuk/faktor-kedua/", door.SignInFactor.as_view(), name="mfa_authenticate"),
    path("masuk/kunci-sandi/", door.SignInPasskey.as_view(), name="mfa_login_webauthn"),
    path("keluar/", allauth.logout, name="account_logout"),
    path("pastikan/sandi/", door.StepUpPassword.as_view(), name="account_reauthenticate"),
    path("pastikan/kode/", door.StepUpCode.as_view(), name="mfa_reauthenticate"),
    path("pastikan/kunci-sandi/", door.StepUpPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sandi/ubah/", _changes_sign_in(allauth.password_change), name="account_change_password"),
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
    path("profil/", profile.profile, name="profile"),
    path("profil/sesi/", profile.my_sessions, name="sessions"),
    path("profil/sesi/akhiri/", profile.end_other_sessions, name="end_other_sessions"),
    path("profil/sesi/<int:pk>/akhiri/", profile.end_session, name="end_session"),
    path("profil/faktor-kedua/", _to_profile, name="mfa_index"),
    path("profil/faktor-kedua/wajib/", factors.owed, name="second_factor"),
    path(
        "profil/faktor-kedua/aplikasi/",
        _changes_sign_in(factors.SetUpApp.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "profil/faktor-kedua/aplikasi/hapus/",
        _changes_sign_in(factors.RemoveApp.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "profil/kode-pemulihan/",
        _changes_sign_in(factors.RecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "profil/kode-pemulihan/baru/",
        _changes_sign_in(factors.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("profil/kunci-sandi/", _to_profile, name="mfa_list_webauthn"),
    path(
        "profil/kunci-sandi/tambah/",
        _changes_sign_in(factors.AddPasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "profil/kunci-sandi/<int:pk>/nama/",
        _changes_sign_in(EditWebAuthnView.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        "profil/kunci-sandi/<int:pk>/hapus/",
        _changes_sign_in(factors.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    # allauth links here from its pages; it only says that an admin makes accounts
    path("daftar/", allauth.signup, name="account_signup"),
    path("akses/nonaktif/", allauth.account_inactive, name="account_inactive"),
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
    path("demo/surat/", letters.demo_mail, name="demo_mail"),
]
