"""The app of posts; it hears what becomes of agencies and people."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "publishing"

    def ready(self) -> None:
        from publishing.workflow import succession  # noqa: F401 - models are loaded now
