"""Seals as many made-up secrets as asked, for rows that a benchmark writes by SQL."""

import json
import sys

import django

django.setup()

from bench.accounts import secrets  # noqa: E402 - settings first
from platforms import vault  # noqa: E402

wanted = range(1, int(sys.argv[1]) + 1)
print(json.dumps([vault.seal(secrets(n)) for n in wanted]))
