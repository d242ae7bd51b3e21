"""What may be said: the regency's rules as pure functions from words to findings.

Nothing here knows Django, a database or the network: what a rule needs of the world comes in
through `Context`. Rules and their sources: government.md 6; `rules/` has one function for each.
"""

from guidelines.context import Context, Genre
from guidelines.engine import check
from guidelines.finding import Finding, Level

__all__ = ["Context", "Finding", "Genre", "Level", "check"]
