"""Forms of the roster: a pool of reviewers, a turn of duty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from publishing.models import Duty, Pool
from publishing.models.roster import REVIEWERS

_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H.%M")


class PoolForm(forms.ModelForm[Pool]):
    """Some reviewers, for some agencies."""

    use_required_attribute = False

    class Meta:
        model = Pool
        fields = ("name", "reviewers", "agencies")
        widgets = {
            "reviewers": forms.CheckboxSelectMultiple,
            "agencies": forms.CheckboxSelectMultiple,
        }
        error_messages = {
            "name": {"required": _("Isi nama kelompoknya.")},
            "reviewers": {"required": _("Pilih paling sedikit satu peninjau.")},
            "agencies": {"required": _("Pilih paling sedikit satu OPD.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewers, agencies = self.fields["reviewers"], self.fields["agencies"]
        reviewers.queryset = _reviewers()  # type: ignore[attr-defined]
        agencies.queryset = Agency.objects.open().order_by("short_name")  # type: ignore[attr-defined]
        agencies.label_from_instance = lambda one: one.short_name  # type: ignore[attr-defined]


def _moment(label: Any, needed: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=_FORMATS,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": needed,
            "invalid": _("Waktu ini tidak ada. Contoh: 28/11/2026 17.00."),
        },
    )


class DutyForm(forms.ModelForm[Duty]):
    """Somebody is on duty, from an hour to an hour (WIB)."""

    use_required_attribute = False

    begins = _moment(_("Mulai"), _("Isi kapan piketnya mulai."))
    ends = _moment(_("Sampai"), _("Isi sampai kapan piketnya."))

    class Meta:
        model = Duty
        fields = ("person", "begins", "ends")
        error_messages = {"person": {"required": _("Pilih petugasnya.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset, person.empty_label = _reviewers(), _("Pilih petugas …")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("Akhirnya mendahului mulainya."))
        return cleaned


def _reviewers() -> Any:
    return User.objects.filter(role__in=REVIEWERS, is_active=True)
