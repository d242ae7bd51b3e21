"""Agencies and people in the stock admin, for superusers."""

from typing import ClassVar

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from accounts.step_up import with_fresh_factor

# /admin/ has no door of its own: the one there is knows limits and second factors
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = with_fresh_factor(keeps=False)(  # type: ignore[method-assign]
    admin.site.password_change
)


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    list_display = ("code", "name", "short_name")
    search_fields = ("code", "name", "short_name")


class PersonCreationForm(AdminUserCreationForm[User]):
    """A new person: the fields that the database insists on, at once."""

    class Meta:
        model = User
        fields = ("email", "name", "role", "agency")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {}


class PersonChangeForm(UserChangeForm[User]):
    """A known person; the password is changed on a page of its own."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {}


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ("name",)
    list_display = ("name", "email", "role", "agency", "is_active")
    list_filter = ("role", "is_active", "agency")
    search_fields = ("name", "email")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "role", "agency")}),
        (_("Akses"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "name",
                    "role",
                    "agency",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )
