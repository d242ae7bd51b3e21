"""Every setting of the product: environment in, nothing hidden elsewhere."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from environs import Env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- who runs it ---
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("OPD_HUB_DEMO", False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
PUBLIC_URL = env.str("OPD_HUB_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
REGENCY = env.str("OPD_HUB_REGENCY", "Kabupaten Solok Selatan")
REVIEW_UNIT = env.str("OPD_HUB_REVIEW_UNIT", "Humas")
PLACES = env.path("OPD_HUB_PLACES", BASE_DIR / "publishing" / "places.toml")

# Sealing keys for platform credentials, newest first: "k2:<fernet key>,k1:<fernet key>"
VAULT_KEYS: list[str] = env.list("OPD_HUB_KEYS", [])

INSTALLED_APPS = [
    "opd_hub",
    "accounts",
    "platforms",
    "publishing",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "tablericons",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "opd_hub.urls"
WSGI_APPLICATION = "opd_hub.wsgi.application"

_TEMPLATE_LOADERS: list[str] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("opd_hub.lean.Loader", _TEMPLATE_LOADERS)],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
                "django_htmx.templatetags.django_htmx",
                "opd_hub.template_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opd_hub.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data ---
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", "postgres:///opd_hub", conn_max_age=60, conn_health_checks=True
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / ".local" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticroot")
STATICFILES_DIRS = [BASE_DIR / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # text; files are bounded by publishing.media
DATA_UPLOAD_MAX_NUMBER_FILES = 30  # eleven images should earn a sentence, not a 400
REDIS_URL = env.str("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
}

# --- language and time ---
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- people ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_OF_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_OF_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_OF_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_OF_DJANGO}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
FIRST_STOP = "publishing.guidebook.first_stop"  # (user) -> address, or ""
ACCOUNT_ADAPTER = "accounts.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an admin, not by their owners
ACCOUNT_EMAIL_SUBJECT_PREFIX = "OPD Hub: "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())

# In the demo no mail leaves the machine: it is filed, and a page shows it.
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if DEMO else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = env.path("EMAIL_FILE_PATH", BASE_DIR / ".local" / "mail")
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "OPD Hub <opd-hub@localhost>")

# --- safety of pages ---
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],  # blob: the picture just chosen, before upload
        "media-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- platforms: the only list of them ---
# A *_BASE_URL sends all traffic of that platform to a stand-in; only loopback is accepted
# unless ALLOW_REMOTE_BASE_URL=1.
_ALLOW_REMOTE = env.bool("ALLOW_REMOTE_BASE_URL", False)
# The harness of tests/faults hurries all waiting, to see hours in minutes; never a real platform.
PACE = env.float("OPD_HUB_PACE", 1.0)
if PACE != 1 and not (env.str("GRAPH_API_BASE_URL", "") and env.str("X_API_BASE_URL", "")):
    raise ImproperlyConfigured("OPD_HUB_PACE is for the sandbox only.")
_TIMEOUT = (5 / PACE, 30 / PACE)
_GRAPH: dict[str, Any] = {
    "BASE_URL": env.str("GRAPH_API_BASE_URL", ""),
    "ALLOW_REMOTE": _ALLOW_REMOTE,
    "TIMEOUT": _TIMEOUT,
    "APP_ID": env.str("META_APP_ID", ""),
    "APP_SECRET": env.str("META_APP_SECRET", ""),
    "VERSION": env.str("GRAPH_API_VERSION", "v25.0"),
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
    "publishing.workflow.clock.expire": {"queue": "clock"},
}
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "publishing.tasks.tick", "schedule": 1.0, "options": {"expires": 12}},
    "expire": {
        "task": "publishing.workflow.clock.expire",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "forget": {"task": "publishing.tasks.forget_the_dead", "schedule": 3600.0},
}
CELERY_TASK_PUBLISH_RETRY = False  # a doorbell that cannot be rung is made up for by the tick
CELERY_IMPORTS = ["publishing.workflow.clock"]
CELERY_TIMEZONE = TIME_ZONE
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

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {  # a line for every second of the clock helps nobody
        name: {"level": "WARNING"}
        for name in ("celery.beat", "celery.app.trace", "celery.worker.strategy", "fontTools")
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
}
