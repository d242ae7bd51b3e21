"""The scheduler of Celery's beat, kept from sleeping when its machine's clock is set back."""

from celery.beat import ScheduleEntry, Scheduler
from celery.schedules import schedstate


class Steady(Scheduler):
    """Without this a clock that was an hour ahead silences the schedule for an hour."""

    def is_due(self, entry: ScheduleEntry) -> schedstate:
        now = self.app.now()
        if entry.last_run_at is not None and now is not None and entry.last_run_at > now:
            entry.last_run_at = now
        return schedstate(*super().is_due(entry))
