"""Who: the agencies of the regency, and the people who work in them."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """A regional agency (OPD), or the reviewing unit itself where it has channels of its own."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("nama OPD"), max_length=120, unique=True)
    short_name = models.CharField(_("nama singkat"), max_length=40)

    class Meta:
        verbose_name = _("OPD")
        verbose_name_plural = _("OPD")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


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
    """A person. Authors and agency heads belong to one agency."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama"), max_length=120)
    role = models.CharField(_("peran"), max_length=12, choices=Role, default=Role.AUTHOR)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("OPD")
    )

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
