"""manage.py after_restore: run once after a restore, before the first worker starts."""

import argparse
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from publishing.delivery import restore


class Command(BaseCommand):
    help = "Meragukan setiap pengiriman yang jamnya tiba sejak cadangan dibuat."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "backup_taken", help="waktu cadangan dibuat, WIB, misalnya 2026-11-25T03:00"
        )

    def handle(self, *_args: object, backup_taken: str, **_options: object) -> None:
        doubted = restore.doubt_what_was_due(_moment(backup_taken))
        self.stdout.write(f"{doubted} pengiriman diragukan; pekerja boleh dijalankan.")


def _moment(written: str) -> datetime:
    try:
        moment = parse_datetime(written)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{written}” bukan waktu; tulis misalnya 2026-11-25T03:00.")
    aware = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    if aware > timezone.now():
        raise CommandError("Waktu itu belum tiba; tulis kapan cadangan dibuat.")
    return aware
