"""The app of posts; it hears what becomes of agencies and people."""

from importlib import import_module

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        import_module("publishing.workflow.succession")  # models are loaded only now
