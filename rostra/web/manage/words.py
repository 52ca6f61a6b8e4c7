"""The words that the board does not show: the list of them, and a form for a further one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from rostra.board.actions import censor_word, show_word
from rostra.board.queries import censored_words
from rostra.kernel.refusals import Invalid
from rostra.web.membership import for_administrators
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request

HOME = "/manage/words/"
LENGTH = 60


@takes("GET", "POST")
@for_administrators
def words(request: Request) -> HttpResponse:
    """All of them; POST censors a further one, or with `remove` shows one again."""
    typed, faults = {"word": "", "instead": ""}, dict[str, str]()
    if request.method == "POST":
        removed = request.POST.get("remove", "")
        if removed.isascii() and removed.isdigit() and len(removed) < 18:
            return _shown_again(int(removed))
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            censor_word(**typed)
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return _back("censored", typed["word"])
    context = {
        "words": censored_words(),
        "length": LENGTH,
        "typed": {name: text.replace("\0", "␀") for name, text in typed.items()},
        "faults": faults,
        "done": request.GET.get("done", ""),
        "word": request.GET.get("word", "")[:LENGTH],
    }
    return render(request, "manage/words.html", context, status=422 if faults else 200)


def _shown_again(number: int) -> HttpResponse:
    word = next((row.word for row in censored_words() if row.id == number), "")
    show_word(word_id=number)
    return _back("shown", word)


def _back(done: str, word: str) -> HttpResponse:
    return HttpResponseRedirect(f"{HOME}?{urlencode({'done': done, 'word': word.strip()})}")
