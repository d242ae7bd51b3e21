"""Placeholder until the second factor lands."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def with_fresh_factor(view: View) -> View:
    """Ask for the second factor again when it was given too long ago."""
    return view
