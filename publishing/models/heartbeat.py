"""A Heartbeat: which scheduler or worker was last seen at work, and what its clock says."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

SCHEDULER = "scheduler"


class Heartbeat(models.Model):
    """One process. `drift` is by how many seconds its machine's clock is ahead of PostgreSQL's."""

    kind = models.CharField(max_length=20)  # SCHEDULER, or the worker's name: publish, background
    name = models.CharField(max_length=120)  # machine and process
    seen_at = models.DateTimeField()
    drift = models.FloatField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name"], name="one_heartbeat_per_process")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def machine(self) -> str:
        return self.name.partition(":")[0]

    @property
    def off_by(self) -> timedelta:
        return timedelta(seconds=self.drift)
