"""Django's settings, derived from `config.environment`; nothing here is meant to be edited by an owner."""

from pathlib import Path
from urllib.parse import urlsplit

from config.environment import databases, language_codes, mail_settings, read_environment, secret_key

ENVIRONMENT = read_environment()
ROSTRA = ENVIRONMENT
WEB = Path(__file__).resolve().parent.parent / "rostra" / "web"

SECRET_KEY = secret_key(ENVIRONMENT)
DEBUG = ENVIRONMENT.debug
SITE_URL = ENVIRONMENT.site_url
_SECURE = SITE_URL.startswith("https:")
ALLOWED_HOSTS = [
    str(urlsplit(SITE_URL).hostname),
    "127.0.0.1",
    "localhost",
    "[::1]",
    *(host.strip() for host in ENVIRONMENT.allowed_hosts.split(",") if host.strip()),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "rostra.board",
    "rostra.mail",
    "rostra.accounts",
    "rostra.forums",
    "rostra.houserules",
    "rostra.wordlists",
    "rostra.topics",
    "rostra.reading",
    "rostra.drafts",
    "rostra.filters",
    "rostra.bans",
    "rostra.moderation",
    "rostra.notes",
    "rostra.modmail",
    "rostra.importers",
    "rostra.web",
]

# Short on purpose: each entry costs every page. The session and the actor are loaded only when a cookie is there.
MIDDLEWARE = [
    "rostra.web.middleware.SecurityHeaders",
    "rostra.web.middleware.Faults",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rostra.web.middleware.Viewer",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DATABASES = databases(ENVIRONMENT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "rostra.web.templating.LocaleJinja",
        "NAME": "board",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {},
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rostra.accounts.backends.NameOrEmail"]
# The first makes new hashes; the others are read, and replaced when their owner signs in (docs/decisions/0011).
PASSWORD_HASHERS = [
    "rostra.accounts.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "rostra.accounts.passwords.NotGuessable"}]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rostra.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = ENVIRONMENT.confirmation
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_FORMS = {
    "signup": "rostra.web.accounts.forms.SignUpForm",
    "login": "rostra.web.accounts.forms.SignInForm",
    "reauthenticate": "rostra.web.accounts.forms.AgainForm",
    "reset_password": "rostra.web.accounts.forms.ForgottenForm",
    "reset_password_from_key": "rostra.web.accounts.forms.NewPasswordForm",
    "change_password": "rostra.web.accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = False  # ours say when to come back: rostra/web/ratelimits.py

SESSION_ENGINE = "rostra.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rostra.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
if ENVIRONMENT.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "rostra.web.assets.LibraryAssets",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rostra.web.assets.HashedAssets"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # The limits count here: one who floods them with networks or names must not push a closed account out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

LANGUAGE_CODE = "en"
BOARD_LANGUAGES = tuple(language_codes(ENVIRONMENT.languages))
LANGUAGES = [(code, code) for code in dict.fromkeys(("en", *BOARD_LANGUAGES))]
CATALOGUES = WEB / "locale"
LOCALE_PATHS = [ENVIRONMENT.data / "locale"]  # compiled there when a process starts: rostra/web/catalogues.py
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

globals().update(mail_settings(ENVIRONMENT.email_url, ENVIRONMENT.data))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.sender
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # name_key is the unique one

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level.upper()},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
