"""Fills an empty installation with the demo's agencies, people and month of posts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Agency, User
from opd_hub.demo.load import load
from opd_hub.demo.playground import NoSandbox
from platforms.models import Channel
from publishing.models import Delivery, Post


class Command(BaseCommand):
    help = "Memuat data demo ke instalasi yang masih kosong."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Data demo hanya untuk demo: jalankan dengan OPD_HUB_DEMO=1.")
        if Agency.objects.exists():
            self.stdout.write("Sudah ada OPD di basis data ini; data demo tidak dimuat.")
            return
        try:
            load()
        except NoSandbox as error:
            raise CommandError(str(error)) from error
        published = Delivery.objects.filter(status=Delivery.Status.PUBLISHED).count()
        self.stdout.write(
            f"{Agency.objects.count()} OPD, {Channel.objects.count()} kanal, "
            f"{User.objects.count()} orang"
        )
        self.stdout.write(f"{Post.objects.count()} unggahan, {published} pengiriman tayang")
