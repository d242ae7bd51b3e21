"""What becomes of people and agencies, for those who hold things of theirs: sent inside the change.

A receiver moves what it keeps, in the same transaction; if it fails, nothing has changed.
"""

from django.dispatch import Signal

agency_merged = Signal()  # agency, into, by
agency_closed = Signal()  # agency, by
person_left = Signal()  # person, heir (or None), by
person_changed = Signal()  # person, was_of: the agencies that they worked for until now; by
