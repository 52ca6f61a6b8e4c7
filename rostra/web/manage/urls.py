"""Pages for administrators."""

from django.urls import path, re_path

from rostra.web.manage import rights, tags, words

urlpatterns = [
    path("manage/rights/", rights.rights, name="manage-rights"),
    path("manage/words/", words.words, name="manage-words"),
    path("manage/tags/", tags.tags, name="manage-tags"),
    path("manage/tags/new/", tags.new, name="manage-tag-new"),
    re_path(r"^manage/tags/(?P<name>[a-z][a-z0-9-]{0,29})/change/$", tags.change, name="manage-tag"),
    re_path(r"^manage/tags/(?P<name>[a-z][a-z0-9-]{0,29})/drop/$", tags.drop, name="manage-tag-drop"),
]
