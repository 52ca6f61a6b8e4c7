"""Tokens of forms: Django takes them back, and no two are alike."""

from django.middleware import csrf
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from hypothesis import given
from hypothesis import strategies as st

from rostra.web.tokens import masked

SECRETS = st.text(CSRF_ALLOWED_CHARS, min_size=CSRF_SECRET_LENGTH, max_size=CSRF_SECRET_LENGTH)


@given(SECRETS)
def test_django_finds_the_secret_behind_every_mask(secret: str) -> None:
    assert csrf._does_token_match(masked(secret), secret)  # type: ignore[attr-defined]


@given(SECRETS)
def test_no_two_tokens_of_a_secret_are_alike(secret: str) -> None:
    tokens = {masked(secret) for _ in range(20)}
    assert len(tokens) == 20
    assert not any(secret in token for token in tokens)


def test_every_letter_stands_in_masks_as_often_as_any_other() -> None:
    masks = "".join(masked("a" * CSRF_SECRET_LENGTH)[:CSRF_SECRET_LENGTH] for _ in range(4000))
    each = len(masks) / len(CSRF_ALLOWED_CHARS)
    assert all(0.85 * each < masks.count(letter) < 1.15 * each for letter in CSRF_ALLOWED_CHARS)
