"""What is kept for one version."""

from functools import partial

from rostra.kernel.latest import Latest


def test_a_value_is_read_once_for_each_version_and_again_when_forgotten() -> None:
    latest: Latest[str] = Latest()
    read: list[str] = []

    def reading(text: str) -> str:
        read.append(text)
        return text

    assert [latest.at(version, partial(reading, f"of {version}")) for version in (1, 1, 2, 2, 1)] == [
        "of 1", "of 1", "of 2", "of 2", "of 1",
    ]  # fmt: skip
    latest.forget()
    assert latest.at(1, lambda: reading("anew")) == "anew"
    assert read == ["of 1", "of 2", "of 1", "anew"]
