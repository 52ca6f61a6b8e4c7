"""What is counted of a text."""

from rostra.markup import read
from rostra.markup.facts import QuotedPost, facts_of


def test_quotations_links_and_pictures_are_found_wherever_they_stand() -> None:
    facts = facts_of(
        read(
            "[quote=alice post_id=5]See https://quoted.example/a and [quote=bob]older[/quote][/quote]\n"
            "Mine: [b]https://own.example/b[/b], ![map](https://own.example/m.png)\n\n"
            "- [law](https://Law.example/c)\n- [home](/t/1)\n\n| a |\n|---|\n| https://own.example/d |\n\n```\nx\n```",
            "both",
        )
    )
    assert facts.quoted == [QuotedPost(5, "alice"), QuotedPost(None, "bob")]
    assert facts.links == [
        "https://quoted.example/a", "https://own.example/b", "https://Law.example/c", "/t/1", "https://own.example/d",
    ]  # fmt: skip
    assert facts.own_links == facts.links[1:]
    assert facts.hosts == ["own.example", "law.example"]
    assert facts.images == ["https://own.example/m.png"]
    assert facts.code_blocks == 1


def test_a_quotation_without_a_head_is_nobodys() -> None:
    assert facts_of(read("> said\n\nmine", "markdown")).quoted == []


def test_pictures_without_words_are_counted_where_they_are_ones_own() -> None:
    source = "![](http://a.example/1.png) ![map](http://a.example/2.png)\n\n- [img]http://a.example/3.png[/img]\n\n> ![](http://a.example/4.png)"
    facts = facts_of(read(source, "both"))
    assert (len(facts.images), facts.unnamed_images) == (4, 2)
