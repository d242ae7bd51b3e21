"""People: who signs in, what they are here to do, and for which agencies."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency


class UserManager(BaseUserManager["User"]):
    """People sign in with an e-mail address; nobody has a user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields = {"role": Role.ADMIN, "is_staff": True, "is_superuser": True} | fields
        return self.create_user(email, password, **fields)


class Role(models.TextChoices):
    """What a person is here to do; `policy.may` says what follows from it."""

    AUTHOR = "author", _("Penyusun OPD")
    AGENCY_HEAD = "agency_head", _("Penanggung jawab OPD")
    REVIEWER = "reviewer", _("Peninjau")
    COORDINATOR = "coordinator", _("Koordinator")
    ADMIN = "admin", _("Admin sistem")
    AUDITOR = "auditor", _("Auditor")
    LEADER = "leader", _("Pimpinan")


class User(AbstractUser):
    """A person. Authors and agency heads work for an agency, some for several, one at a time."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran"), max_length=12, choices=Role, default=Role.AUTHOR)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("OPD")
    )
    # all that this person may work for; `agency` is the one they work for now
    agencies = models.ManyToManyField(Agency, related_name="staff", blank=True)
    # agencies that became part of theirs: what those once published can still be read
    reads_of = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # the last day of any delegation to this person: nobody else is asked for one
    stands_in_until = models.DateField(null=True, editable=False)

    # Mode latihan: sees and makes training posts only
    in_training = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message=_("Surel ini sudah dipakai orang lain."),
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=["author", "agency_head"])
                | models.Q(agency__isnull=False),
                name="agency_people_have_an_agency",
                violation_error_message=_("Penyusun dan penanggung jawab perlu OPD."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def work_for(self, agency: Agency | None) -> None:
        """Belong to `agency` from now on (saved by the caller), and read what became part of it."""
        self.agency = agency
        self.reads_of = agency.absorbed_ids() if agency else []

    def employers(self) -> models.QuerySet[Agency]:
        """Every open agency that this person may work for, the present one among them."""
        theirs = models.Q(pk=self.agency_id) | models.Q(staff=self.pk)
        return Agency.objects.open().filter(theirs).distinct()
