"""The settings of what speaks to platforms: where they are, how long we wait, who runs when.

`opd_hub.settings` takes everything from here; it is one list of settings in two files.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()

# --- platforms: the only list of them ---
# A *_BASE_URL sends all traffic of that platform to a stand-in; only loopback is accepted
# unless ALLOW_REMOTE_BASE_URL=1.
_ALLOW_REMOTE = env.bool("ALLOW_REMOTE_BASE_URL", False)
# The harness of tests/faults hurries all waiting, to see hours in minutes; never a real platform.
PACE = env.float("OPD_HUB_PACE", 1.0)
if PACE != 1 and not (env.str("GRAPH_API_BASE_URL", "") and env.str("X_API_BASE_URL", "")):
    raise ImproperlyConfigured("OPD_HUB_PACE is for the sandbox only.")
_TIMEOUT = (5 / PACE, 30 / PACE)
GRAPH_API_VERSION = env.str("GRAPH_API_VERSION", "v25.0")
# the last day of each version, as Meta announced it; warned of 90 days before
GRAPH_API_ENDS: dict[str, str] = {
    "v21.0": "2027-01-21",
    "v22.0": "2027-05-20",
    "v23.0": "2027-10-08",
    "v24.0": "2028-02-18",
    "v25.0": "2028-07-29",
} | env.dict("GRAPH_API_ENDS", {})
_GRAPH: dict[str, Any] = {
    "BASE_URL": env.str("GRAPH_API_BASE_URL", ""),
    "ALLOW_REMOTE": _ALLOW_REMOTE,
    "TIMEOUT": _TIMEOUT,
    "APP_ID": env.str("META_APP_ID", ""),
    "APP_SECRET": env.str("META_APP_SECRET", ""),
    "VERSION": GRAPH_API_VERSION,
}
_PROBE = env.bool("OPD_HUB_PROBE", True)  # fetch a picture ourselves before Meta is told of it
PLATFORMS: dict[str, dict[str, Any]] = {
    "instagram": {"ADAPTER": "platforms.adapters.instagram.Instagram", "PROBE": _PROBE} | _GRAPH,
    "facebook": {
        "ADAPTER": "platforms.adapters.facebook.Facebook",
        "TWO_PHASE": env.bool("FB_TWO_PHASE", True),
    }
    | _GRAPH,
    "x": {
        "ADAPTER": "platforms.adapters.x.X",
        "BASE_URL": env.str("X_API_BASE_URL", ""),
        "ALLOW_REMOTE": _ALLOW_REMOTE,
        "TIMEOUT": _TIMEOUT,
        "CONSUMER_KEY": env.str("X_CONSUMER_KEY", ""),
        "CONSUMER_SECRET": env.str("X_CONSUMER_SECRET", ""),
        # X's terms forbid showing X content to governments outside an Enterprise plan.
        "READING": env.bool("X_READING", False),
    },
}
CHANNEL_IMPACT = "publishing.impact"  # the module that knows which posts a channel's trouble costs
# What X takes for a post, and for one with a link, in US dollars; and what may be spent a month.
X_POST_PRICE = env.float("X_POST_PRICE", 0.015)
X_LINK_POST_PRICE = env.float("X_LINK_POST_PRICE", 0.2)
X_MONTHLY_BUDGET = env.float("X_MONTHLY_BUDGET", 0.0)  # 0: nobody set one
X_SPENDING = "publishing.spending.this_month"
# Instagram as its app speaks to it: against its terms, and only for accounts without another way.
if env.bool("ENABLE_INSTAGRAM_PRIVATE", False):
    if PACE != 1 and not env.str("INSTAGRAM_PRIVATE_BASE_URL", ""):
        raise ImproperlyConfigured("OPD_HUB_PACE is for the sandbox only.")
    PLATFORMS["instagram_private"] = {
        "ADAPTER": "platforms.adapters.instagram_private.InstagramPrivate",
        "BASE_URL": env.str("INSTAGRAM_PRIVATE_BASE_URL", ""),
        "ALLOW_REMOTE": _ALLOW_REMOTE,
        "TIMEOUT": _TIMEOUT,
        "LOCK": "platforms.account_lock.advisory",  # one at a time for each account
        "REST": timedelta(minutes=10) / PACE,  # after each post
    }
TRAINING_URL = env.str("OPD_HUB_TRAINING_URL", env.str("X_API_BASE_URL", ""))  # Mode latihan


# --- the delivery engine (engine.md; docs/decisions.md says why each number) ---
def _paced(**time: float) -> timedelta:
    return timedelta(**time) / PACE


LEASE = _paced(minutes=3)  # how long a silent worker keeps its lane
FROZEN = _paced(seconds=20)  # from intent to call; who was stopped for longer does not call
GRACE = _paced(minutes=60)  # how late a post may begin to go out
URGENT_GRACE = _paced(minutes=15)
PREPARE_AHEAD = _paced(minutes=5)
KEEPS_PLACE = _paced(minutes=2)  # how long a post that waits keeps those behind it waiting
UNDO = timedelta(seconds=10)
APPROVE_BEFORE = timedelta(minutes=5)
FETCH_LINK_LIFE = timedelta(hours=24)  # how long Meta may fetch a picture
RING_AGAIN = _paced(seconds=15)  # a lost doorbell is made up for after this
BACK_OFF = [_paced(seconds=s) for s in (5, 15, 45, 120, 300)]
FIRST_LOOK = _paced(seconds=30)
QUIET = _paced(seconds=15)  # after a doubtful call, before a look proves anything
BETWEEN_LOOKS = _paced(seconds=30)
LOOKS = [_paced(seconds=s) for s in (30, 120, 300, 900)]  # again, after a look that failed
READINGS = [_paced(minutes=2), _paced(hours=24)]  # is a published post still there?
CALLS_IN_FLIGHT = env.int("OPD_HUB_CALLS_IN_FLIGHT", 16)  # to one platform; less than threads
WATCH_EVERY = _paced(minutes=15)  # does something stand on a channel that is not ours?
# What the machinery says of itself (publishing/vitals.py)
SILENT_AFTER = _paced(minutes=2)
OVERDUE_AFTER = _paced(minutes=10)

# --- Celery: wakes and runs; the database is the queue (engine.md 8) ---
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "background"
CELERY_TASK_ROUTES = {
    "publishing.tasks.run_lane": {"queue": "publish"},
    "publishing.tasks.tick": {"queue": "clock"},
    "publishing.tasks.read_back": {"queue": "background"},
    "platforms.tasks.*": {"queue": "background"},
    "publishing.notices.tasks.*": {"queue": "background"},
    "publishing.workflow.clock.expire": {"queue": "clock"},
}
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "publishing.tasks.tick", "schedule": 1.0, "options": {"expires": 12}},
    "expire": {
        "task": "publishing.workflow.clock.expire",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "probe": {"task": "platforms.tasks.probe_due", "schedule": 15.0, "options": {"expires": 15}},
    "notices": {
        "task": "publishing.notices.tasks.collect",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "messages": {
        "task": "publishing.notices.tasks.send",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "clocks": {
        "task": "publishing.notices.tasks.watch",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "digests": {"task": "publishing.notices.tasks.sum_up", "schedule": 60.0},
    "old_notices": {"task": "publishing.notices.tasks.forget", "schedule": 3600.0},
    "watch": {"task": "publishing.tasks.watch_walls", "schedule": 60.0, "options": {"expires": 60}},
    "changes": {"task": "accounts.tasks.carry_out_changes", "schedule": 900.0},
    "forget": {"task": "publishing.tasks.forget_the_dead", "schedule": 3600.0},
}
CELERY_TASK_PUBLISH_RETRY = False  # a doorbell that cannot be rung is made up for by the tick
CELERY_IMPORTS = [
    "publishing.workflow.clock",
    "publishing.notices.tasks",
    "platforms.tasks",
    "accounts.tasks",
]
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        # A hung Redis keeps nobody for long; more than the second for which a worker listens.
        "socket_timeout": 1.5,
        "socket_connect_timeout": 1.5,
        "retry_on_timeout": False,
        "max_retries": 0,
    }
    if CELERY_BROKER_URL
    else {"polling_interval": 0.05}
)

# --- calendar ---

# fewer posts a day are never crowded; more are when they are also twice what is usual
CALENDAR_CROWDED = env.int("OPD_HUB_CALENDAR_CROWDED", 5)
