"""The commands that make up OPD Hub: the demo runs them, docker-compose.yml says the same."""

MIGRATE = ("python", "manage.py", "migrate", "--noinput")
FONTS = ("python", "manage.py", "build_fonts")
STATIC = ("python", "manage.py", "collectstatic", "--noinput")
CACHE_TABLE = ("python", "manage.py", "createcachetable")
DEMO_DATA = ("python", "manage.py", "demo_data")
DEMO_SIGNINS = ("python", "manage.py", "demo_signins")

WEB = (
    *("python", "-m", "gunicorn", "opd_hub.wsgi:application"),
    *("--workers", "2", "--worker-class", "gthread", "--threads", "8"),
    *("--no-control-socket", "--access-logfile", "-"),
    *("--logger-class", "opd_hub.access_log.AccessLog"),
)  # where it listens is GUNICORN_CMD_ARGS' to say

EMBEDDED = ("python", "-m", "opd_hub.embedded")

_CELERY = ("python", "-m", "celery", "-A", "opd_hub")
_WORKER = (*_CELERY, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle")

# The clock has a worker of its own: hung calls must not starve the tick (engine.md 3).
WITH_BROKER = {
    "worker-publish": (
        *(*_WORKER, "-n", "publish@%h", "-Q", "publish"),
        *("--pool", "threads", "--concurrency", "24"),
    ),
    "worker-background": (
        *_WORKER,
        "-n",
        "background@%h",
        "-Q",
        "background",
        "--concurrency",
        "2",
    ),
    "worker-clock": (
        *(*_WORKER, "-n", "clock@%h", "-Q", "clock"),
        *("--pool", "threads", "--concurrency", "1"),
    ),
    # Without a schedule file: what is due is in the database, a missed tick is made up by the next.
    "beat": (*_CELERY, "beat", "--loglevel", "INFO", "--scheduler", "opd_hub.beat:Steady"),
}


def workers(*, broker: bool) -> dict[str, tuple[str, ...]]:
    """Name and command of each process that publishes and keeps time."""
    return WITH_BROKER if broker else {"worker": EMBEDDED}


def sandbox(port: int, state: str) -> tuple[str, ...]:
    return ("python", "-m", "sandbox", "--port", str(port), "--state", state)
