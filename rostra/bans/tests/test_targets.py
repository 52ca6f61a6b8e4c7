"""What can be banned: one form for each address, and nothing that is too wide."""

import pytest

from rostra.bans.targets import covers, read_target
from rostra.kernel.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (" 192.0.2.7 ", "192.0.2.7"), ("192.0.2.7/32", "192.0.2.7"), ("192.0.2.77/24", "192.0.2.0/24"), ("10.1.2.3/8", "10.0.0.0/8"),
        ("2001:DB8::7", "2001:db8::7"), ("2001:db8:0::/64", "2001:db8::/64"), ("2001:d00::/24", "2001:d00::/24"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
        ("Spam@Example.ORG", "spam@example.org"), ("*@example.org", "*@example.org"), ("*@*.example.org", "*@*.example.org"),
        ("*@bücher.example", "*@bücher.example"),
    ],
)  # fmt: skip
def test_an_address_has_one_form(typed: str, text: str) -> None:
    assert read_target(typed).text == text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Type a network address"), ("192.0.2", "is no network address"), ("192.0.2.300", "is no network address"),
        ("192.0.2.0/33", "is no network address"), ("10.0.0.0/7", "too wide"), ("0.0.0.0/0", "At most /8"),
        ("2001::/23", "At most /24"), ("::/0", "too wide"), ("example.org", "is no network address"),
        ("*@*", "is no e-mail address"), ("*@org", "is no e-mail address"), ("*@*.org", "is no e-mail address"),
        ("spam*@example.org", "is no e-mail address"), ("spam@*.example.org", "is no e-mail address"), ("@example.org", "no e-mail"),
        ("*@-x.example", "no e-mail"), ("a b@example.org", "no e-mail"), ("a@" + "x" * 260 + ".org", "At most 254 characters"),
    ],
)  # fmt: skip
def test_what_is_no_address_or_too_wide_is_said_at_its_field(typed: str, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_target(typed)
    assert list(refused.value.faults) == ["target"]
    assert told in refused.value.faults["target"]


@pytest.mark.parametrize(
    ("target", "address", "is_covered"),
    [
        ("192.0.2.0/24", "192.0.2.255", True), ("192.0.2.0/24", "192.0.3.0", False), ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "::ffff:192.0.2.7", True), ("2001:db8::/64", "2001:db8::1:2:3:4", True),
        ("2001:db8::/64", "2001:db8:0:1::", False), ("192.0.2.0/24", "unknown", False), ("::/24", "0.0.0.1", False),
    ],
)  # fmt: skip
def test_a_network_covers_its_own_addresses(target: str, address: str, is_covered: bool) -> None:
    assert covers(read_target(target), address, "") is is_covered


@pytest.mark.parametrize(
    ("target", "email", "is_covered"),
    [
        ("a@example.org", "A@Example.org", True), ("a@example.org", "b@example.org", False),
        ("*@example.org", "b@example.org", True), ("*@example.org", "b@mail.example.org", False),
        ("*@*.example.org", "b@mail.example.org", True), ("*@*.example.org", "b@a.b.example.org", True),
        ("*@*.example.org", "b@example.org", False), ("*@example.org", "b@notexample.org", False), ("*@example.org", "", False),
    ],
)  # fmt: skip
def test_an_email_pattern_covers_its_own_addresses(target: str, email: str, is_covered: bool) -> None:
    assert covers(read_target(target), "192.0.2.7", email) is is_covered
