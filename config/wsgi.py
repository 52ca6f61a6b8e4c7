"""What the page server runs: the guests' page cache in front, the assets beside it, Django behind."""

import gc
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

# What the start made lives on: it is not looked through again. Pages leave few circles behind, so looking for them
# less often than after every 700 objects, which one page makes, saves a twentieth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
