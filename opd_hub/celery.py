"""The Celery application. What is due lives in the database; this only wakes and runs."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opd_hub.settings")

app = Celery("opd_hub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
