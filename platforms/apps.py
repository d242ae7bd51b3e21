"""The app of channels; it hears what becomes of agencies."""

from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "platforms"

    def ready(self) -> None:
        from platforms import successions  # noqa: F401 - models are loaded only now
