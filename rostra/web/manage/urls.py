"""Pages for administrators."""

from django.urls import path, re_path

from rostra.web.manage import (
    cases,
    copying,
    dropping,
    groups,
    passwords,
    rights,
    roles,
    tags,
    view,
    why,
    words,
)

urlpatterns = [
    path("manage/rights/", rights.rights, name="manage-rights"),
    path("manage/rights/copy/", copying.copy, name="manage-rights-copy"),
    path("manage/rights/why/", why.why, name="manage-rights-why"),
    path("manage/passwords/", passwords.passwords, name="manage-passwords"),
    path("manage/groups/", groups.listed, name="manage-groups"),
    re_path(r"^manage/groups/(?P<number>[0-9]{1,18})/$", groups.group, name="manage-group"),
    re_path(r"^manage/groups/(?P<number>[0-9]{1,18})/drop/$", dropping.drop, name="manage-group-drop"),
    path("manage/view/", view.view, name="manage-view"),
    path("manage/roles/", roles.listed, name="manage-roles"),
    path("manage/roles/new/", roles.new, name="manage-role-new"),
    re_path(r"^manage/roles/(?P<number>[0-9]{1,18})/change/$", roles.change, name="manage-role"),
    re_path(r"^manage/roles/(?P<number>[0-9]{1,18})/drop/$", roles.drop, name="manage-role-drop"),
    path("manage/cases/", cases.cases, name="manage-cases"),
    path("manage/cases/file", cases.file, name="manage-cases-file"),
    path("manage/words/", words.words, name="manage-words"),
    path("manage/tags/", tags.tags, name="manage-tags"),
    path("manage/tags/new/", tags.new, name="manage-tag-new"),
    re_path(r"^manage/tags/(?P<name>[a-z][a-z0-9-]{0,29})/change/$", tags.change, name="manage-tag"),
    re_path(r"^manage/tags/(?P<name>[a-z][a-z0-9-]{0,29})/drop/$", tags.drop, name="manage-tag-drop"),
]
