"""The list of programmes in the stock admin, for superusers."""

from django.contrib import admin

from publishing.models import Programme


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin[Programme]):
    """One that posts speak of cannot be deleted; it is set aside with `is_active`."""

    list_display = ("name", "tag", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "tag")
