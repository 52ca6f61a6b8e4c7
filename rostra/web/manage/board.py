"""The board itself, for who manages its settings: what it is called, and whether anything can be written."""

from django.http import HttpResponse, HttpResponseRedirect

from rostra.board.actions import PROFILE_LENGTHS, close_for_writing, describe_board
from rostra.board.queries import profile
from rostra.kernel.refusals import Invalid
from rostra.permissions.capabilities import May
from rostra.web.membership import for_managers
from rostra.web.methods import takes
from rostra.web.pages import render
from rostra.web.requests import Request, stamp_of

HOME = "/manage/board/"


@takes("GET", "POST")
@for_managers(May.MANAGE_BOARD)
def board(request: Request) -> HttpResponse:
    """Name, short name and tagline; and with a reason, the board is read-only until somebody opens it."""
    now = profile(stamp_of(request).structure)
    typed = {name: getattr(now, name) for name in PROFILE_LENGTHS}
    faults = dict[str, str]()
    if request.method == "POST":
        what = request.POST.get("do", "")
        names = ("read_only",) if what == "close" else ("name", "short_name", "tagline")
        typed |= {name: request.POST.get(name, "") for name in names if what != "open"}
        try:
            if what in ("close", "open"):
                close_for_writing(
                    reason=typed["read_only"] if what == "close" else "", is_asked=what == "close"
                )
            else:
                describe_board(
                    name=typed["name"],
                    short_name=typed["short_name"],
                    tagline=typed["tagline"],
                    language=now.language,
                )
            return HttpResponseRedirect(f"{HOME}?done=saved")
        except Invalid as invalid:
            faults = invalid.faults
    context = {
        "shown": {name: text.replace("\0", "␀") for name, text in typed.items()},
        "faults": faults,
        "lengths": PROFILE_LENGTHS,
        "is_closed": bool(now.read_only),
        "reason": now.read_only,
        "done": request.GET.get("done", ""),
    }
    return render(request, "manage/board.html", context, status=422 if faults else 200)
