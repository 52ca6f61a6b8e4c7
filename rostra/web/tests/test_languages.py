"""Which language and zone a page is in, and that it is the same for every piece of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from rostra.accounts.actions import choose_language_and_zone
from rostra.accounts.models import User
from rostra.board.actions import describe_board
from rostra.kernel.refusals import Invalid
from rostra.web import dates, languages
from tests.cast import Board

OFFERED = ("en", "de", "fr")
NOON = datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def in_language() -> Iterator[Callable[..., None]]:
    """Put a language and zone in force as a request does."""

    def put(code: str, zone: str = "UTC") -> None:
        languages._put_in_force(languages.locality(code, zone))

    yield put
    languages.forget()


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en;q=0.3, fr;q=0.9", "fr"),
        ("nl, fr;q=0.2", "fr"),
        ("DE-ch", "de"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("fr;q=many, en;q=0.1", "en"),
        ("*", ""),
        ("", ""),
        ("ja, zh-Hant;q=0.8", ""),
        (";;;,=,q=1;", ""),
        ("x" * 100_000, ""),
    ],
)
def test_a_browser_is_served_in_the_language_it_asks_for_most(accepted: str, expected: str) -> None:
    assert languages.negotiated(accepted, OFFERED) == expected


@pytest.mark.parametrize(
    ("code", "direction", "tag"),
    [
        ("de", "ltr", "de"),
        ("ar", "rtl", "ar"),
        ("he", "rtl", "he"),
        ("xa", "ltr", "en-XA"),
        ("xb", "rtl", "en-XB"),
    ],
)
def test_a_language_knows_its_direction(code: str, direction: str, tag: str) -> None:
    found = languages.locality(code, "UTC")
    assert (found.direction, found.tag) == (direction, tag)


def test_a_guest_reads_in_the_language_of_the_browser(board: Board) -> None:
    page = Client().get("/", headers={"accept-language": "de-CH,de;q=0.9"})
    assert '<html lang="de" dir="ltr">' in page.content.decode()
    assert "Registrieren" in page.content.decode()
    assert "Accept-Language" in page.headers["Vary"]


def test_a_guest_whose_language_is_not_offered_reads_in_the_boards(board: Board) -> None:
    describe_board(name="Débats", short_name="D", tagline="", language="fr")
    assert '<html lang="fr"' in Client().get("/", headers={"accept-language": "ja"}).content.decode()


def test_a_board_in_a_language_that_is_not_offered_shows_the_first_of_the_list(board: Board) -> None:
    describe_board(name="Foro", short_name="F", tagline="", language="es")
    assert '<html lang="en"' in Client().get("/").content.decode()


def test_a_members_own_choice_goes_before_the_browsers(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    alice = as_person("alice")
    choose_language_and_zone(member_id=board.people["alice"].pk, language="fr", time_zone="Asia/Tokyo")
    page = alice.get("/", headers={"accept-language": "de"}).content.decode()
    assert "Se déconnecter" in page
    assert "heure du Japon" in page
    assert "times.js" not in page, "a member who chose a zone wants that one"


def test_the_next_reader_is_not_served_in_the_language_of_the_last(board: Board) -> None:
    topic = board.topic()
    for _ in range(2):
        for code, words in (("de", "Antworten"), ("en", "Reply"), ("fr", "Répondre")):
            page = Client().get(topic.address, headers={"accept-language": code}).content.decode()
            assert f'<h2 id="answer" class="label">{words}</h2>' in page


def test_refusals_and_faults_are_in_the_readers_language(board: Board) -> None:
    topic = board.topic()
    german = {"accept-language": "de"}
    assert (
        "Hier können nur Mitglieder schreiben."
        in Client().get(topic.address, headers=german).content.decode()
    )
    missing = Client().get("/u/nobody/", headers=german)
    assert missing.status_code == 404
    assert "Ein Mitglied namens „nobody“ gibt es nicht." in missing.content.decode()


@pytest.mark.django_db
def test_an_answer_made_before_the_reader_is_known_is_not_in_the_last_readers_language() -> None:
    languages._put_in_force(languages.locality("fr", "UTC"))
    page = Client().get("/", headers={"accept-language": "de", "host": "evil.example"})
    assert page.status_code == 400
    assert "Diese Anfrage ist nicht verständlich" in page.content.decode()


def test_signing_up_says_its_faults_in_the_language_of_the_browser(board: Board) -> None:
    typed = {"username": "alice", "email": "nonsense", "password1": "12345678"}
    page = Client().post("/sign-up/", typed, headers={"accept-language": "de"}).content.decode()
    assert "„alice“ ist vergeben" in page
    assert "gültige E-Mail-Adresse" in page
    assert "Passwort" in page


def test_a_health_check_does_not_ask_the_database_for_a_language(
    board: Board, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/-/live").status_code == 200


@pytest.mark.parametrize(
    ("code", "zone", "shown"),
    [
        ("en", "UTC", "1 Jul 2026, 12:00"),
        ("en", "Asia/Kolkata", "1 Jul 2026, 17:30"),
        ("de", "Europe/Berlin", "01.07.2026, 14:00"),
        ("fr", "Europe/Paris", "1 juil. 2026, 14:00"),
        ("xa", "America/New_York", "1 Jul 2026, 08:00"),
    ],
)
def test_times_are_in_the_readers_zone_and_language(
    in_language: Callable[..., None], code: str, zone: str, shown: str
) -> None:
    in_language(code, zone)
    html = dates.time(NOON)
    assert f">{shown}</time>" in html
    assert 'datetime="2026-07-01T12:00:05Z"' in html


def test_the_exact_time_names_its_zone(in_language: Callable[..., None]) -> None:
    in_language("de", "Europe/Berlin")
    assert 'title="01.07.2026, 14:00:05 MESZ"' in dates.time(NOON)
    in_language("en", "UTC")
    assert 'title="1 Jul 2026, 12:00:05 UTC"' in dates.time(NOON)


def test_months_and_numbers_follow_the_language(in_language: Callable[..., None]) -> None:
    in_language("de")
    assert dates.month(NOON) == '<time datetime="2026-07">Juli 2026</time>'
    assert dates.number(1234567) == "1.234.567"
    in_language("fr")
    assert dates.month(NOON) == '<time datetime="2026-07">juil. 2026</time>'
    assert dates.number(1234567) == "1\u202f234\u202f567"
    in_language("en")
    assert dates.number(1234567) == "1,234,567"


def test_a_month_is_that_of_the_readers_zone(in_language: Callable[..., None]) -> None:
    in_language("en", "Pacific/Auckland")
    assert "Jul 2026" in dates.month(datetime(2026, 6, 30, 13, 0, tzinfo=UTC))


def test_no_time_is_no_text() -> None:
    assert (dates.time(None), dates.month(None)) == ("", "")


def test_a_member_chooses_language_and_zone(board: Board, as_person: Callable[[str], Client]) -> None:
    carol = as_person("carol")
    typed = {"language": "de", "time_zone": "Europe/Vienna"}
    page = carol.post("/settings/language/", typed, follow=True).content.decode()
    assert "Gespeichert." in page
    assert '<option value="Europe/Vienna" selected>Österreich, Wien</option>' in page
    assert '<option value="de" lang="de" selected>Deutsch</option>' in page
    assert "Mitteleuropäische Zeit" in page


def test_what_is_not_in_the_lists_is_refused_and_shown_again(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    carol = as_person("carol")
    page = carol.post("/settings/language/", {"language": "tlh", "time_zone": "Mars/Olympus"})
    assert page.status_code == 422
    assert "The board is not there in this language." in page.content.decode()
    board.people["carol"].refresh_from_db()
    assert (board.people["carol"].language, board.people["carol"].time_zone) == ("", "")
    with pytest.raises(Invalid, match="There is no such time zone"):
        choose_language_and_zone(member_id=board.people["carol"].pk, language="", time_zone="Mars/Olympus")


def test_a_guest_has_no_settings_and_is_led_to_the_sign_in_page(board: Board) -> None:
    assert (
        Client().get("/settings/language/").headers["Location"] == "/sign-in/?next=%2Fsettings%2Flanguage%2F"
    )


def test_a_choice_that_is_no_longer_there_is_as_good_as_none(
    board: Board, as_person: Callable[[str], Client]
) -> None:
    carol = as_person("carol")
    User.objects.filter(id=board.people["carol"].pk).update(language="tlh", time_zone="Mars/Olympus")
    page = carol.get("/", headers={"accept-language": "de"}).content.decode()
    assert '<html lang="de"' in page
    assert "Zeitzone: UTC" in page


def test_ranks_are_in_the_readers_language(board: Board) -> None:
    page = Client().get("/u/alice/", headers={"accept-language": "de"}).content.decode()
    assert "Liest mit" in page


def test_the_thread_is_back_in_the_source_language_for_each_test() -> None:
    assert languages.here().key == "en UTC"
    assert translation.get_language() == "en"
