"""Invitations: the way into an account, by a letter that is good for a week and for one person."""

import hashlib
import secrets
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.user import Role, User

GOOD_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither taken up nor withdrawn, whether or not its week is over."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def of_key(self, key: str) -> Self:
        """The one whose letter holds `key`, if it can still be taken up."""
        good = self.open().exclude(agreed_by=None).filter(expires_at__gt=timezone.now())
        return good.filter(digest=digest(key))


class Invitation(models.Model):
    """Somebody is asked to join, as what, and for which agency."""

    email = models.EmailField(_("surel"))
    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran"), max_length=12, choices=Role)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("OPD")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, editable=False)  # of the key in the letter
    expires_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_email",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_past(self) -> bool:
        """Whether its week is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def new_key(self) -> str:
        """A fresh key for its letter, good for a week; the one before it opens nothing any more."""
        key = secrets.token_urlsafe(24)
        self.digest, self.expires_at = digest(key), timezone.now() + GOOD_FOR
        self.save(update_fields=["digest", "expires_at"])
        return key


def digest(key: str) -> str:
    """What is kept of a key: enough to know it again, too little to use it."""
    return hashlib.sha256(key.encode()).hexdigest()
