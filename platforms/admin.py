"""Channels in the stock admin, for superusers. Credentials go in and never come out."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from platforms import registry
from platforms.adapters.base import Fault, Health, Healthy, Refused, TryLater
from platforms.models import Channel
from platforms.vault import CannotOpen


class ChannelForm(forms.ModelForm[Channel]):
    """One write-only box per credential of the channel's adapter."""

    class Meta:
        model = Channel
        fields = ("agency", "platform", "adapter_key", "remote_id", "handle", "name", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in self.secret_keys():
            self.fields[f"secret_{key}"] = forms.CharField(
                label=key,
                required=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                help_text=_("Kosongkan untuk mempertahankan yang tersimpan."),
            )

    @staticmethod
    def secret_keys() -> list[str]:
        """Every credential that some adapter asks for."""
        named = {
            secret.key
            for key, _label in registry.choices()
            for secret in registry.adapter(key).secrets
        }
        return sorted(named)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        key = cleaned.get("adapter_key")
        if key and registry.adapter(key).platform != cleaned.get("platform"):
            self.add_error("adapter_key", _("Adaptor ini bukan untuk platform itu."))
        return cleaned

    def save(self, commit: bool = True) -> Channel:
        wanted = {secret.key for secret in self.instance.adapter.secrets}
        given = {key: self.cleaned_data[f"secret_{key}"] for key in wanted}
        self.instance.keep_secrets(given)
        return super().save(commit)


def _health(channel: Channel) -> Health:
    """What the platform says of the channel's credentials, if they can be opened at all."""
    try:
        return channel.adapter.verify(channel.account())
    except CannotOpen:
        return Refused(str(_("Kredensial kanal ini tidak dapat dibuka. Isi lagi.")), Fault.CHANNEL)


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin[Channel]):
    form = ChannelForm
    list_display = ("handle", "platform", "agency", "connected", "is_active")
    list_filter = ("platform", "is_active")
    search_fields = ("handle", "name", "agency__name")
    actions = ("verify",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        """Without those of trainings, which look after themselves."""
        return super().get_queryset(request).filter(is_training=False)

    @admin.action(description=_("Periksa sambungan"))
    def verify(self, request: HttpRequest, channels: QuerySet[Channel]) -> None:
        """Ask each platform whether the credentials work; what works may send again."""
        for channel in channels:
            match _health(channel):
                case Healthy(handle=handle):
                    Channel.objects.filter(pk=channel.pk).update(refused_at=None)
                    self.message_user(request, f"{channel}: {_('terhubung')} (@{handle})")
                case Refused(reason=reason) | TryLater(reason=reason):
                    self.message_user(request, f"{channel}: {reason}", messages.ERROR)

    @admin.display(boolean=True, description=_("terhubung"))
    def connected(self, channel: Channel) -> bool:
        return channel.is_connected

    def get_form(
        self, request: HttpRequest, obj: Channel | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The model's own fields; the boxes for secrets come from the form itself."""
        kwargs["fields"] = ChannelForm.Meta.fields
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Channel | None = None) -> Any:
        secrets = tuple(f"secret_{key}" for key in ChannelForm.secret_keys())
        return ((None, {"fields": ChannelForm.Meta.fields}), (_("Kredensial"), {"fields": secrets}))
