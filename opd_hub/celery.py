"""The Celery application. What is due lives in the database; this only wakes and runs."""

import os

from celery import Celery
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opd_hub.settings")

app = Celery("opd_hub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Celery closes every database connection before and after every task, and a new one costs more
# than a delivery. With this it never does, and Django's own rule holds: CONN_MAX_AGE, and a
# connection that broke is replaced.
app.conf["CELERY_DB_REUSE_MAX"] = 2**31


@task_prerun.connect
@task_postrun.connect
def drop_what_is_broken_or_old(**_signal: object) -> None:
    """Keep this thread's connection while it is good."""
    close_old_connections()
