"""Who: the agencies of the regency, and the people who work in them."""

from accounts.models.act import Act
from accounts.models.agency import Agency, AgencyChange
from accounts.models.delegation import Delegation
from accounts.models.invitation import Invitation
from accounts.models.user import Role, User, UserManager

__all__ = [
    "Act",
    "Agency",
    "AgencyChange",
    "Delegation",
    "Invitation",
    "Role",
    "User",
    "UserManager",
]
