"""Every address of the product."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.urls import include, path

# accounts.second_factor and accounts.sessions are the only doors to these
admin.site.unregister([Authenticator, UserSession])

urlpatterns = [
    path("", include("publishing.urls")),
    path("", include("platforms.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
