"""Whether the board runs, for supervisors and load balancers."""

from django.urls import path

from rostra.web.health import views

urlpatterns = [path("live", views.live, name="live"), path("ready", views.ready, name="ready")]
