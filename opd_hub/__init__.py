"""The assembly: settings, addresses, workers. Imports everyone, imported by no one."""

from opd_hub.celery import app as celery_app

__all__ = ["celery_app"]
