"""Lists over all forums."""

from django.urls import path

from rostra.web.lists import views

urlpatterns = [
    path("active/", views.active, name="active"),
    path("new/", views.new, name="new"),
    path("hot/", views.hot, name="hot"),
    path("unanswered/", views.unanswered, name="unanswered"),
    path("unread/", views.unread, name="unread"),
    path("mine/", views.mine, name="mine"),
    path("read/", views.mark_all_read, name="read-all"),
]
