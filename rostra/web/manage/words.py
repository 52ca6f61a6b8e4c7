"""The words that the board does not show: the list of them, and forms for further ones; and its lists of words and domains."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from rostra.board.actions import censor_word, censor_words, show_word
from rostra.board.queries import censored_words
from rostra.kernel.refusals import Invalid
from rostra.permissions.capabilities import May
from rostra.web.holders import number_in
from rostra.web.manage import lists
from rostra.web.membership import for_managers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request
from rostra.wordlists.entries import LONGEST_TEXT

HOME = "/manage/words/"
LENGTH = 60


@takes("GET", "POST")
@for_managers(May.MANAGE_BOARD)
def words(request: Request) -> HttpResponse:
    """All of them; POST censors a further one, or with `lines` many, or with `remove` shows one again."""
    typed, faults = {"word": "", "instead": "", "lines": ""}, dict[str, str]()
    if request.method == "POST":
        removed = number_in(request.POST.get("remove", ""))
        if removed is not None:
            return _shown_again(removed)
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            return _censored(typed)
        except Invalid as invalid:
            faults = invalid.faults
    context = {
        "words": censored_words(),
        "kept": lists.told(),
        "length": LENGTH,
        "longest": LONGEST_TEXT,
        "typed": {name: text.replace("\0", "␀") for name, text in typed.items()},
        "faults": faults,
        "done": request.GET.get("done", ""),
        "word": request.GET.get("word", "")[:LENGTH],
    }
    return render(request, "manage/words.html", context, status=422 if faults else 200)


def _censored(typed: dict[str, str]) -> HttpResponse:
    """Raises Invalid for what cannot be taken."""
    if typed["lines"].strip():
        return _back("many", str(censor_words(lines=typed["lines"])))
    censor_word(word=typed["word"], instead=typed["instead"])
    return _back("censored", typed["word"])


def _shown_again(number: int) -> HttpResponse:
    word = next((row.word for row in censored_words() if row.id == number), "")
    show_word(word_id=number)
    return _back("shown", word)


def _back(done: str, word: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'done': done, 'word': word.strip()})}")
