"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("publishing.urls")),
    path("", include("platforms.urls")),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
