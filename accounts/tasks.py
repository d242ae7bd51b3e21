"""Tasks about agencies: what a Perda changes is done on its day."""

from celery import shared_task

from accounts import agencies


@shared_task(ignore_result=True)
def carry_out_changes() -> None:
    """Do every change that is agreed to and whose day has come."""
    agencies.carry_out_due()
