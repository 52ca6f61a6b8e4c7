"""What the page server runs: the guests' page cache in front, the assets beside it, Django behind."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from rostra.web.front import front  # noqa: E402 - the settings must be ready first
from rostra.web.lastseen import PRESENT  # noqa: E402
from rostra.web.viewcounts import VIEWS  # noqa: E402

application = front(django)
VIEWS.start()
PRESENT.start()
