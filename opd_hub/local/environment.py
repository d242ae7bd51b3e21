"""The environment of everything a local run starts, and the secrets that it keeps."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from opd_hub.local import postgres
from opd_hub.local.folders import throw_away
from opd_hub.local.ports import HOST, Ports


def of_demo(folder: Path, ports: Ports, database_url: str) -> dict[str, str]:
    """For the web, the workers and the sandbox of a demo that keeps its files in `folder`.

    A platform's address is ours whatever the caller's environment says: a demo never talks to
    a real platform. Secrets and the broker are the caller's when given.
    """
    return {
        **kept_secrets(folder),
        **os.environ,
        **_files(folder),
        "DATABASE_URL": database_url,
        "OPD_HUB_DEMO": "1",
        "OPD_HUB_PUBLIC_URL": ports.web_url,
        "GUNICORN_CMD_ARGS": f"--bind={HOST}:{ports.web}",
        "X_API_BASE_URL": ports.sandbox_url,
        "GRAPH_API_BASE_URL": ports.sandbox_url,
        "INSTAGRAM_PRIVATE_BASE_URL": ports.sandbox_url,
        "ENABLE_INSTAGRAM_PRIVATE": "1",
        "X_READING": "1",
        "X_CONSUMER_KEY": "kunci-demo",
        "X_CONSUMER_SECRET": "rahasia-demo",
        "META_APP_ID": "1000000000000001",
        "META_APP_SECRET": "rahasia-aplikasi-demo",
    }


@contextmanager
def for_tests(kind: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder and an environment for tests or checks, with a quick database; gone afterwards."""
    with throw_away(kind) as folder, postgres.running(folder / "postgres", durable=False) as url:
        yield (
            folder,
            {
                **os.environ,
                **kept_secrets(folder),
                **_files(folder),
                "DATABASE_URL": url,
            },
        )


def kept_secrets(folder: Path) -> dict[str, str]:
    """SECRET_KEY and OPD_HUB_KEYS from `folder`/env, made there once, for our eyes only."""
    file = folder / "env"
    if not file.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "OPD_HUB_KEYS": f"k1:{Fernet.generate_key().decode()}",
        }
        unfinished = folder / "env.new"
        unfinished.touch(mode=0o600)
        unfinished.write_text("".join(f"{name}={value}\n" for name, value in made.items()))
        unfinished.rename(file)
    lines = file.read_text().splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def _files(folder: Path) -> dict[str, str]:
    return {
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_FILE_PATH": str(folder / "mail"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",  # or the end of a log is missing just when it is wanted
    }
