"""Jinja2 for the board's pages: one environment a locale, its translations resolved when a template is compiled.

`_("text")` costs nothing on a page: the compiler replaces it by the translated text. `_("by %(name)s", name=x)`
becomes a formatted text whose arguments are escaped. Only `ngettext`, whose number is known late, runs on the page.
"""

import gettext
from collections.abc import Callable, Mapping
from functools import cache, cached_property, lru_cache
from types import FunctionType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2 import TemplateNotFound as JinjaTemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from rostra.web import around, atoms, showing
from rostra.web.crumbs import crumbs
from rostra.web.languages import language
from rostra.web.tools import toolbar

_PLAIN = (FunctionType, type(lru_cache(len)))


class _Translated(NodeTransformer):
    def __init__(self, translate: Callable[[str], str], *, escapes: bool) -> None:
        self._translate, self._escapes = translate, escapes

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - jinja2's name
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return node
        message = node.args[0]
        if not isinstance(message, nodes.Const):
            raise TypeError(f"line {node.lineno}: _() takes one literal text")
        words = nodes.Const(self._translate(message.value), lineno=node.lineno)
        if not node.kwargs:
            return words
        if not self._escapes:
            pairs = [nodes.Pair(nodes.Const(pair.key), pair.value) for pair in node.kwargs]
            return nodes.Mod(words, nodes.Dict(pairs), lineno=node.lineno)
        safe = nodes.MarkSafe(nodes.Const(str(escape(words.value))), lineno=node.lineno)
        pairs = [nodes.Pair(nodes.Const(pair.key), pair.value) for pair in node.kwargs]
        return nodes.Mod(safe, nodes.Dict(pairs), lineno=node.lineno)


class _Compiled(Template):
    """A template whose macros are imported as they are: no template here is given globals of its own.

    Jinja2 looks for such globals at each import, which costs a page more than its rows do.
    """

    def _get_default_module(self, _context: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Calls(Context):
    """Calls our functions as they are: none asks for the context, which Jinja2 finds out anew at each call."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if type(obj) not in _PLAIN:
            return super().call(obj, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return obj(*args, **named)


class LocaleEnvironment(Environment):
    """A Jinja2 environment whose templates are compiled into one language."""

    translations: gettext.NullTranslations
    template_class = _Compiled
    context_class = _Calls

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        translated: nodes.Template = _Translated(
            self.translations.gettext, escapes=bool(self.autoescape)
        ).visit(tree)
        translated.set_environment(self)
        return translated


def make_environment(
    folders: list[str], translations: gettext.NullTranslations, *, escapes: bool = True
) -> LocaleEnvironment:
    """An environment for one language; an unknown name is an error. `escapes` is False for plain text only."""
    environment = LocaleEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=escapes,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
        cache_size=500,
    )
    environment.translations = translations
    environment.globals["ngettext"] = translations.ngettext
    environment.globals.update(atoms.GLOBALS | around.GLOBALS, crumbs=crumbs, toolbar=toolbar)
    environment.filters.update(atoms.FILTERS | showing.FILTERS)
    return environment


class LocaleJinja(BaseEngine):
    """Django's door to these environments."""

    app_dirname = "templates"

    def __init__(self, params: dict[str, Any]) -> None:
        params.pop("OPTIONS")
        super().__init__(params)

    @cached_property
    def _folders(self) -> list[str]:
        return [str(folder) for folder in self.template_dirs]

    @cache  # noqa: B019 - the engine lives as long as the process
    def environment(self, language: str, *, escapes: bool = True) -> LocaleEnvironment:
        """The environment of a language, for pages or for plain text; English, the source, needs no catalogue."""
        catalogue = gettext.translation(
            "django", str(settings.LOCALE_PATHS[0]), [language.replace("-", "_")], fallback=True
        )
        return make_environment(self._folders, catalogue, escapes=escapes)

    def get_template(self, template_name: str) -> "_Page":
        """A template in the language in force."""
        try:
            return _Page(self.environment(language()).get_template(template_name))
        except JinjaTemplateNotFound as missing:
            raise TemplateDoesNotExist(template_name, backend=self) from missing


class _Page:
    def __init__(self, template: Template) -> None:
        self._template = template

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        from rostra.web.pages import frame

        return self._template.render({**(frame(request) if request else {}), **(context or {})})
