"""Prints with which names the demo can be entered."""

from typing import Any

from django.core.management.base import BaseCommand

from opd_hub.demo.people import signins


class Command(BaseCommand):
    """A table: name, role, e-mail address, password."""

    help = "Menampilkan akun demo."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [(one.name, one.role, one.email, one.password) for one in signins()]
        if not rows:
            self.stdout.write("Belum ada akun demo; jalankan manage.py demo_data.")
            return
        table = [("Nama", "Peran", "Surel", "Kata sandi"), *rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for row in table:
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())
