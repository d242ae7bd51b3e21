"""Forms about people: the search, an invitation, a place, a leaving, a joining, a delegation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day, one_agency, search_field
from accounts.models import Agency, Delegation, Invitation, Role, User
from accounts.people import OF_AGENCIES

_OF_THE_UNIT = _("Kosongkan untuk peran yang tidak menulis bagi satu OPD.")


class PeopleSearch(forms.Form):
    """A GET form; what cannot be understood narrows nothing."""

    q = search_field()
    role = forms.ChoiceField(
        label=_("Peran"), required=False, choices=[("", _("Semua peran")), *Role.choices]
    )
    state = forms.ChoiceField(
        required=False,
        choices=[("", _("Aktif")), ("gone", _("Tidak aktif"))],
        widget=forms.HiddenInput,
    )

    def narrow(self, people: QuerySet[User]) -> QuerySet[User]:
        """`people` as searched; those who left only when they are asked for."""
        self.full_clean()
        asked = self.cleaned_data
        people = people.filter(is_active=asked.get("state") != "gone")
        if words := asked.get("q"):
            people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
        return people.filter(role=asked["role"]) if asked.get("role") else people


class _PlaceForm(forms.Form):
    """A role, and an agency where the role needs one."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") in OF_AGENCIES and not self.where(cleaned):
            self.add_error(self.place, _("Penyusun dan penanggung jawab perlu OPD. Pilih OPD-nya."))
        return cleaned

    place = "agency"

    def where(self, cleaned: dict[str, Any]) -> Any:
        return cleaned.get(self.place)


class InvitationForm(_PlaceForm):
    """Who is asked to join; an agency head asks authors of the own agency only."""

    email = forms.EmailField(
        label=_("Surel"),
        error_messages={
            "required": _("Isi surelnya. Undangan dikirim ke sana."),
            "invalid": _("Surel ini tidak lengkap. Contoh: nama@contoh.go.id"),
        },
    )
    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi namanya.")}
    )
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    agency = one_agency(required=False, help_text=_OF_THE_UNIT)

    def __init__(self, *args: Any, own: Agency | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if own:
            del self.fields["role"], self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data if self.own else super().clean()

    def invitation(self) -> Invitation:
        """The invitation as it was filled in, not yet kept."""
        given = self.cleaned_data
        return Invitation(
            email=given["email"].strip(),
            name=given["name"].strip(),
            role=Role.AUTHOR if self.own else given["role"],
            agency=self.own or given["agency"],
        )


class PersonForm(_PlaceForm):
    """A person's name, role and agencies."""

    place = "agencies"

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi namanya.")}
    )
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.open(),
        label=_("OPD"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Boleh lebih dari satu. Orangnya memilih sendiri sedang bekerja untuk yang mana."
        ),
    )


class LeavingForm(forms.Form):
    """Somebody leaves: why, and who goes on with their drafts."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        error_messages={"required": _("Tulis alasannya, misalnya: pindah tugas per 1 Desember.")},
    )
    heir = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Drafnya diteruskan oleh"),
        required=False,
        empty_label=_("Tidak diteruskan"),
        error_messages={"invalid_choice": _("Orang ini bukan dari OPD yang sama. Pilih lagi.")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, agency=person.agency_id or 0)
        self.fields["heir"].queryset = colleagues.exclude(pk=person.pk)  # type: ignore[attr-defined]


class JoiningForm(forms.Form):
    """The name as it shall be shown, and a password that only this person knows."""

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi nama Anda.")}
    )
    password = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Paling sedikit 10 karakter, bukan nama Anda atau nama OPD."),
        error_messages={"required": _("Buat kata sandi Anda.")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = invitation.name
        self.invitation = invitation

    def clean_password(self) -> str:
        asked = self.invitation
        person = User(email=asked.email, name=asked.name, agency=asked.agency)
        validate_password(self.cleaned_data["password"], person)
        return str(self.cleaned_data["password"])


class DelegationForm(forms.ModelForm[Delegation]):
    """Who stands in for whom, from when to when, by which letter."""

    use_required_attribute = False

    begins = day(_("Mulai"), needed=_("Isi hari pertamanya."))
    ends = day(_("Sampai"), needed=_("Isi hari terakhirnya."))

    class Meta:
        model = Delegation
        fields = ("giver", "taker", "begins", "ends", "basis")
        labels = {"giver": _("Yang cuti"), "taker": _("Penggantinya")}
        help_texts = {"basis": _("Contoh: 800/112/SETDA/2026")}
        error_messages = {
            "giver": {"required": _("Pilih siapa yang cuti.")},
            "taker": {"required": _("Pilih penggantinya.")},
            "basis": {"required": _("Isi nomor surat tugasnya.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).select_related("agency").order_by("name")
        for name, empty in (("giver", _("Pilih …")), ("taker", _("Pilih …"))):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, empty
            field.label_from_instance = _with_place

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("Lebih awal daripada hari pertamanya. Periksa keduanya."))
        if cleaned.get("giver") and cleaned.get("giver") == cleaned.get("taker"):
            self.add_error("taker", _("Pengganti harus orang lain."))
        return cleaned


def _with_place(person: User) -> str:
    where = person.agency.short_name if person.agency else person.get_role_display()
    return f"{person.name} · {where}"
