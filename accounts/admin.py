"""The door of the stock admin, which keeps no more than the list of programmes.

People, agencies and channels have pages of their own: the stock admin knows neither the rights of
product.md 5, nor the history, nor what has to happen when somebody leaves.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from accounts.step_up import with_fresh_factor

# /admin/ has no door of its own: the one there is knows limits and second factors
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = with_fresh_factor(keeps=False)(  # type: ignore[method-assign]
    admin.site.password_change
)
