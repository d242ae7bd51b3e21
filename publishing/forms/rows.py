"""What the composer's page draws for each channel and each picture."""

from dataclasses import dataclass

from django.forms import BoundField

from platforms.models import Channel
from publishing.forms.pictures import PictureForm
from publishing.models import Media
from publishing.payloads import Shown


@dataclass(frozen=True)
class PictureRow:
    """One picture with its place in the row, and the form of what is said of it."""

    form: PictureForm
    number: int
    of: int

    @property
    def media(self) -> Media:
        return self.form.instance

    @property
    def alt(self) -> BoundField:
        return self.form["alt"]


@dataclass(frozen=True)
class ChannelRow:
    """One channel: whether it is chosen, the field for its own text, and what it would show."""

    channel: Channel
    own: BoundField
    shown: Shown
    chosen: bool

    @property
    def has_own_text(self) -> bool:
        return bool((self.own.value() or "").strip())

    @property
    def lacks_picture(self) -> bool:
        return self.channel.adapter.picture_needed and not self.shown.payload.pictures

    @property
    def will_be_held(self) -> bool:
        return self.chosen and not self.channel.is_connected

    @property
    def is_over(self) -> bool:
        return self.chosen and bool(self.shown.over)
