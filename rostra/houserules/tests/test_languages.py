"""Languages: what is looked at, who is asked, and that no text gets the better of the detectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.houserules import languages
from rostra.houserules.languages import LOOKED_AT, clean, spoken

GERMAN = "Ich glaube nicht, dass die Regierung das so weiter betreiben kann."
ENGLISH = "I do not believe that the government can go on like this for long."


def test_both_detectors_are_asked_about_another_language_and_agree() -> None:
    found = spoken(GERMAN, "en")
    assert found.languages == ("de", "de")
    assert found.language == "de"
    assert found.certainty > 0.5
    assert (found.words, found.letters) == (11, 54)


def test_the_second_detector_is_left_alone_when_the_first_says_the_boards_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never() -> None:
        raise AssertionError("the second detector was loaded")

    monkeypatch.setattr(languages, "_identifier", never)
    assert spoken(ENGLISH, "en").languages == ("en",)
    assert spoken(GERMAN, "de").languages == ("de",)
    assert spoken("+1 … 42", "en").languages == ()
    with pytest.raises(AssertionError):
        spoken(GERMAN, "en")


def test_where_the_detectors_differ_no_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_langid", lambda _text: ("en", 0.9))
    found = spoken(GERMAN, "en")
    assert found.languages == ("de", "en")
    assert (found.language, found.certainty) == ("", 0.0)


def test_numbers_signs_and_control_characters_are_left_out() -> None:
    assert clean("In 2024\x92s  report,\n★ 3rd page: 5 € ⟶ it’s\x00 fine.") == "In s report, page: it’s fine."
    assert clean("ქართული ენა, العربية") == "ქართული ენა, العربية"
    assert len(clean("word " * 10_000)) <= LOOKED_AT


def test_names_within_a_sentence_are_not_looked_at_unless_there_is_nothing_else() -> None:
    bare = languages._without_names("The visit of Angela Merkel to Warsaw, Poland was short.")
    assert bare.split() == ["The", "visit", "of", "to", ",", "was", "short."]
    assert languages._without_names("and Angela Merkel, Donald Tusk") == "and Angela Merkel, Donald Tusk"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Je ne crois pas que ce soit la bonne solution d\x92ailleurs.", "fr"),  # an apostrophe of Windows
        ("Jeg tror ikke at regjeringen kan fortsette slik lenger.", "no"),
        ("Eg trur ikkje at regjeringa kan halde fram slik lenger.", "no"),
        ("この橋の費用は当初の見積もりの二倍になった。", "ja"),
        ("我不认为政府可以继续这样下去。", "zh"),
        ("אני לא חושב שהממשלה יכולה להמשיך כך.", "he"),
    ],
)
def test_languages_have_one_name_whoever_says_it(text: str, language: str) -> None:
    assert spoken(text, "en").language == language


@given(st.text(max_size=400))
def test_no_text_gets_the_better_of_the_detectors(text: str) -> None:
    found = spoken(text, "en")
    assert len(found.languages) <= 2
    assert 0.0 <= found.certainty <= 1.0


def test_halves_of_characters_and_what_unicode_leaves_open_are_taken() -> None:
    for sign in ("\ud800", "\U0010ffff", "\ufffe", "\u0301" * 900, "\U000e0001", "\ufdd0"):
        assert spoken(f"{sign}{GERMAN}", "en").letters >= 54


def test_both_can_be_loaded_beforehand() -> None:
    languages.warm_up()
    assert languages._identifier.cache_info().currsize == 1
