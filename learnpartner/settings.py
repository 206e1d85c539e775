"""Settings of the project. All that differs between machines comes from the environment.

Production fails closed: without SECRET_KEY or ALLOWED_HOSTS nothing starts. `docs/operations.md` lists every variable.
"""

from pathlib import Path

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


def _required(name: str, *, sentence: str) -> str:
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {sentence}")
    return value


# The place ------------------------------------------------------------------------------------------------------

SECRET_KEY = _required(
    "SECRET_KEY",
    sentence="Set it to a long random text that only this server knows, for example from `openssl rand -base64 48`.",
)
ALLOWED_HOSTS = _required(
    "ALLOWED_HOSTS",
    sentence="Set it to the names this site is reached by, with commas between, for example learn.example.org.",
).split(",")
DEBUG = False
# Plain http is for a demo on one's own machine; a real site is never without TLS.
HTTPS = env.bool("HTTPS", True)
SITE_URL = env.str("SITE_URL", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}")
# A demo keeps its mails in the database, where the site admin reads them, and tells who can sign in.
DEMO = env.bool("DEMO", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# The parts ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "desk",
    "accounts",
    "partnerships",
    "records",
    "reflections",
    "convening",
    "cycles",
    "conversing",
    "curating",
    "landscape",
    "home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
    "taggit",
    "accounts.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "learnpartner.middleware.headers",
    # Before all that costs something: open live pages ask each second.
    "convening.live.polling.nothing_new",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learnpartner.middleware.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.reading_goes_on",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "learnpartner.middleware.body_limit",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.session_limits",
    # Around LoginRequiredMiddleware, whose redirect it turns into words that htmx understands.
    "learnpartner.middleware.htmx_login",
    "desk.middleware.words_given_back",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.second_step_required",
    "partnerships.middleware.reader",
    "desk.middleware.drafts_found_again",
]

ROOT_URLCONF = "learnpartner.urls"
WSGI_APPLICATION = "learnpartner.wsgi.application"
FORM_RENDERER = "learnpartner.forms.HouseFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The database ---------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'learnpartner.sqlite3'}", conn_health_checks=True)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Beside what the URL's query says, such as sslmode.
DATABASE_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASE_OPTIONS |= {
        # Writers queue at BEGIN, instead of failing in the middle of a transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, since NORMAL may lose an acknowledged save when the power goes. What is deleted is not left in the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA secure_delete=ON;",
    }
    # A thread keeps its connection: to open one takes several times as long as most questions.
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    # Where no connection is to be had, people get their words back while they still look at the page.
    DATABASE_OPTIONS |= {"pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 10}}
    # PgBouncer in transaction mode gives each transaction another connection.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

# Rate limits count in the cache, so it is shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}

# Who is here ----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Only with mandatory verification does allauth answer alike for known and unknown addresses.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "add_email": "accounts.forms.AddEmailForm",
}
# The password once more before an address or a second step is changed, and a mail afterwards.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "reauthenticate": "accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "learnpartner"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Learning partners, stewards and admins sign in with a second step.
SECOND_STEP_REQUIRED = env.bool("SECOND_STEP_REQUIRED", not DEMO)

# How long one stays signed in, in seconds. "This is my own phone" is for members without duties.
SESSION_IDLE_SECONDS = 60 * 60
SESSION_LONGEST_SECONDS = 12 * 60 * 60
SESSION_OWN_DEVICE_SECONDS = 30 * 24 * 60 * 60
# For shared computers; a device of one's own sets its own date.
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.views.csrf_failure"

# What a notice says ("Shared. Early shift peers: 7 people.") stays on the server; there is no third cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do ------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
# The longest text is 100,000 characters; four bytes each, percent-encoded, still fit three times over.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Four photos and a voice note of 20 MB each, beside the words. More is refused before it is read.
LARGEST_REQUEST = 5 * 20 * 1024 * 1024 + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["records.attachments.handler.CountedUpload"]

# Words ----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]
TAGGIT_CASE_INSENSITIVE = False

# Files, mail, tasks, logs ---------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Photos and voice notes: in a folder that no web server gives out, or in a bucket of an S3-compatible store.
FILES_S3_BUCKET = env.str("FILES_S3_BUCKET", "")
FILES_IN_FOLDER = {
    "BACKEND": "records.attachments.stores.Folder",
    "OPTIONS": {
        "location": VAR_DIR / "files",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
        "allow_overwrite": True,
    },
}
FILES_IN_BUCKET = {
    "BACKEND": "records.attachments.stores.Bucket",
    "OPTIONS": {
        "bucket_name": FILES_S3_BUCKET,
        "endpoint_url": env.str("FILES_S3_ENDPOINT", "") or None,
        "region_name": env.str("FILES_S3_REGION", "") or None,
        "access_key": env.str("FILES_S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("FILES_S3_SECRET_KEY", "") or None,
    },
}
STORAGES = {
    "default": FILES_IN_BUCKET if FILES_S3_BUCKET else FILES_IN_FOLDER,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"learnpartner <no-reply@{ALLOWED_HOSTS[0]}>")
MAILERS = {
    # Whatever the app sends becomes a row of the outbox; a task takes it from there to "delivery".
    "default": {"BACKEND": "desk.mail.OutboxBackend"},
    "delivery": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("SMTP_HOST", "localhost"),
            "port": env.int("SMTP_PORT", 25),
            "username": env.str("SMTP_USER", ""),
            "password": env.str("SMTP_PASSWORD", ""),
            "use_tls": env.bool("SMTP_TLS", False),
            "timeout": 20,
        },
    },
}
TASKS = {
    "default": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend" if DEMO else "django_tasks_db.DatabaseBackend"
    }
}

# A traceback must not print a reflection: no local variables, no request bodies.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# That somebody told a worry is nobody's to know, not even from the log.
LOG_WITHOUT_PERSON = {
    "partnerships:concern-new",
    "convening:guest-join",
    "convening:guest-live",
    "convening:guest-write",
    "convening:guest-note",
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(
                    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
                ),
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Django's own handlers mail the admins a page with local variables in it.
    "loggers": {
        "django": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING"), "propagate": False},
        # Says again what the request log says, with the address: and some addresses are secrets.
        "django.request": {"level": "CRITICAL"},
    },
}
