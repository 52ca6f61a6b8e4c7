"""The tools above a text field, made once for each markup and language."""

from markupsafe import Markup

from rostra.web.fragments import Fragments

_TOOLS = Fragments("ui/toolbar.html", most=100)


def toolbar(markup: str) -> Markup:
    """Buttons that write this markup."""
    return _TOOLS.piece(markup, lambda: {"markup": markup})
