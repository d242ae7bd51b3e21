"""Who a session belongs to: the person with their agency, in one question on every page."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """As allauth's: every page's menu names the agency, so it comes along."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("agency").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
