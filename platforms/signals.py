"""What happens to channels, for those who keep things about them: sent inside the change."""

from django.dispatch import Signal

channel_moved = Signal()  # channel, was (its agency before)
adapter_switched = Signal()  # channel; a receiver that raises NotNow prevents it
