"""The app of channels; it hears what becomes of agencies."""

from importlib import import_module

from django.apps import AppConfig


class PlatformsConfig(AppConfig):
    name = "platforms"

    def ready(self) -> None:
        import_module("platforms.successions")  # models are loaded only now
