"""Seals as many made-up secrets as asked, for rows that a benchmark writes by SQL."""

import json
import sys

import django

django.setup()

from platforms import vault  # noqa: E402 - settings first

SECRETS = {"access_token": "token-{n}", "access_secret": "rahasia-{n}"}
wanted = range(1, int(sys.argv[1]) + 1)
print(json.dumps([vault.seal({k: v.format(n=n) for k, v in SECRETS.items()}) for n in wanted]))
