"""The static files of a local run: built once, and again when one of their sources changed."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from opd_hub.local import commands, processes
from opd_hub.local.folders import LOCAL, ROOT

COLLECTED = ROOT / "staticroot" / "staticfiles.json"


def build(folder: Path, env: Mapping[str, str]) -> None:
    """Cut the font and collect the files, unless that was done for these very sources."""
    mark, now = LOCAL / "static.sha256", _fingerprint()
    if COLLECTED.exists() and mark.exists() and mark.read_text() == now:
        return
    mark.unlink(missing_ok=True)
    processes.finish("fonts", commands.FONTS, folder=folder, env=env, cwd=ROOT)
    processes.finish("static", commands.STATIC, folder=folder, env=env, cwd=ROOT)
    mark.write_text(now)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    yield ROOT / "requirements.txt"  # the packages' own static files, and the font
    yield from sorted((ROOT / "opd_hub" / "management" / "commands").glob("build_fonts.py"))
    made = ROOT / "static" / "font"
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file() and made not in path.parents:
            yield path
