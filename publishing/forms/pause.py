"""The form that begins a pause: what to stop, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from platforms import registry
from platforms.models import Channel
from publishing.delivery.pause import Target

_ALL = "all"


class PauseForm(forms.Form):
    """One list of everything that can be stopped, the widest first."""

    what = forms.ChoiceField(
        label=_("Yang dihentikan"),
        error_messages={
            "required": _("Pilih apa yang dihentikan."),
            "invalid_choice": _("Pilihan ini tidak ada lagi. Pilih dari daftar."),
        },
    )
    reason = forms.CharField(
        label=_("Alasan (dibaca semua yang menunggu)"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        error_messages={
            "required": _("Tulis alasan jeda, agar semua yang menunggu tahu sebabnya.")
        },
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["what"].choices = _choices()  # type: ignore[attr-defined]

    def target(self) -> Target:
        """What was chosen. Only of a valid form."""
        kind, _colon, key = str(self.cleaned_data["what"]).partition(":")
        if kind == "platform":
            return Target(platform=key)
        if kind == "agency":
            return Target(agency=Agency.objects.get(pk=key))
        return Target(channel=Channel.objects.get(pk=key)) if kind == "channel" else Target()


def _choices() -> list[tuple[str, object]]:
    agencies = [(f"agency:{agency.pk}", str(agency)) for agency in Agency.objects.all()]
    channels = [
        (f"channel:{channel.pk}", f"{channel} · {channel.agency.short_name}")
        for channel in Channel.objects.active().select_related("agency")
    ]
    return [
        ("", _("Pilih…")),
        (_ALL, _("Semua kanal, seluruh kabupaten")),
        (str(_("Satu platform")), [(f"platform:{k}", label) for k, label in registry.platforms()]),
        (str(_("Satu OPD")), agencies),
        (str(_("Satu kanal")), channels),
    ]
