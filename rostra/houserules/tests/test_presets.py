"""The presets on posts as people write them: what each finds, and what it leaves alone."""

import pytest

from rostra.houserules.presets import preset
from rostra.houserules.rules import Effect
from rostra.houserules.tests.judging import found, verdict

PARAGRAPH = (
    "The tunnel will cost more than twice what the ministry promised, and nobody in the committee seems to have read "
    "the second report. I would rather see the money go to the night trains, which people already use and which need "
    "new carriages within three years."
)
NEWS = (
    "VALLETTA (Reuters) - The government will present a second budget in October, the finance minister said on Tuesday.\n\n"
    "The opposition called the plan reckless. “We were told in June that no second budget was needed,” its leader told "
    "reporters. A spokesman for the ministry declined to comment on the figures, which were first reported by a local "
    "newspaper. Analysts said that the markets had expected the announcement."
)


@pytest.mark.parametrize(
    "body",
    [
        "I agree.",
        "lol",
        "This is exactly what they want you to think, wake up.",
        '[quote="bob"]' + PARAGRAPH + "[/quote]\n\nWell said!",
        "> "
        + PARAGRAPH
        + "\n\nSource? https://example.org/long/address/that/fills/a/line/of/the/page/and/more",
        "https://example.org/watch?v=1\n\nWatch this.",
        "+1\n\nBump.\n\nUp.",
        "[b][size=150]NO![/size][/b]",
        "",
        "\n\n".join("Iagreewithyouall"),
        "\n\n".join("ＡＧＲＥＥＤＳＯＭＵＣＨ"),
        "a. b. c. d. e. f. g. h. i. j. k. l. m. n. o.\n\nBump.",
    ],
)
def test_one_liners_are_refused_whatever_stands_around_them(body: str) -> None:
    assert found(body, "no-one-line-posts") == ["no-one-line-posts"]


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH,
        "I doubt that it will work this time.\n\nThey tried the same thing in 1998 and gave up after two winters.",
        '[quote="bob"]Short.[/quote]\n' + PARAGRAPH,
        "- The first bridge was paid for by tolls.\n- The second one was not.\n- Nobody can say what the third will cost.",
        "この橋の費用は当初の見積もりの二倍になった。委員会の誰も二つ目の報告書を読んでいないようだ。"
        "三年以内に新しい車両が必要な夜行列車にお金を使うべきだと思う。皆さんはどう考えますか。理由も聞かせてください。",
    ],
)
def test_posts_of_some_length_pass(body: str) -> None:
    assert found(body, "no-one-line-posts") == []


@pytest.mark.parametrize(
    ("body", "effect"),
    [
        ("Das kann doch niemand ernst meinen, oder?", Effect.ASK),
        ("Je ne crois pas que ce soit la bonne solution.", Effect.ASK),
        ("Я не думаю, что это правильное решение сегодня.", Effect.ASK),
        ("Ich habe den Bericht gelesen und finde darin keinen einzigen Grund, warum die Brücke noch einmal teurer werden soll als geplant.", Effect.HOLD),
        ("No creo que el gobierno pueda seguir así durante mucho tiempo, porque la gente está cansada de promesas que nadie cumple.", Effect.HOLD),
        ("この橋の費用は当初の見積もりの二倍になった。委員会の誰も二つ目の報告書を読んでいないようだ。", Effect.HOLD),
        (PARAGRAPH, None),
        ("Nein, danke.", None),  # too short to say
        ("> Ich habe den Bericht gelesen und finde darin keinen einzigen Grund dafür.\n\nWhat he says is that the report gives no reason at all.", None),
        ("The Bundesverfassungsgericht, the Bundesrat and the Bundestag are three different things in Germany.", None),
        ("Angela Merkel, Emmanuel Macron, Giorgia Meloni, Pedro Sánchez, Donald Tusk and Viktor Orbán met again.", None),
        ("```\nfür immer und ewig ist das hier kein Text sondern nur ein Programm\n```\nThis program does not run here.", None),
    ],
)  # fmt: skip
def test_another_language_is_asked_about_and_from_sixteen_words_held(
    body: str, effect: Effect | None
) -> None:
    assert verdict([preset("english-only")], body).effect is effect


def test_the_language_is_that_of_the_board() -> None:
    german = "Ich habe den Bericht gelesen und finde darin keinen einzigen Grund für höhere Kosten."
    for language in ("de", "de-AT", "DE_ch"):
        assert found(german, "english-only", language=language) == []
    assert found(PARAGRAPH, "english-only", language="de") == ["english-only"]


def test_news_without_a_source_is_asked_about() -> None:
    assert found(NEWS, "source-for-pasted-news") == ["source-for-pasted-news"]
    assert found(f"[quote]{NEWS}[/quote]\nWhat do you think?", "source-for-pasted-news") == [
        "source-for-pasted-news"
    ]


@pytest.mark.parametrize(
    "body",
    [
        f"{NEWS}\n\nhttps://news.example.org/budget",
        f"{NEWS}\n\nSource: the Friday paper, page 3",
        f"[quote=https://news.example.org/budget]{NEWS}[/quote]\nWhat do you think?",
        f'[quote="bob" post_id=5]{NEWS}[/quote]\nThat was last year.',
        PARAGRAPH,
        "I said it before: my father told me in 1989 that the wall would go, and he said it again in May. They told us nothing.",
    ],
)
def test_news_with_a_source_and_what_is_no_news_pass(body: str) -> None:
    assert found(body, "source-for-pasted-news") == []


@pytest.mark.parametrize(
    ("title", "is_loud"),
    [
        ("WHO PAYS FOR THE TUNNEL", True),
        ("BREXIT AGAIN!!!", True),
        ("BREAKING NEWS from PARIS: Treaty SIGNED", True),
        ("КТО ПЛАТИТ ЗА ТУННЕЛЬ", True),
        ("🅱🆄🆈 🄼🄾🅁🄴 🄲🄷🄴🄰🄿 🄿🄸🄻🄻🅂 🄽🄾🅆", True),
        ("ＷＨＯ ＰＡＹＳ ＦＯＲ ＩＴ", True),
        ("W H O   P A Y S   F O R", True),
        ("B.U.Y C.H.E.A.P P.I.L.L.S", True),
        ("Plan A, B or C for the tunnel", False),
        ("U S A", False),
        ("Who pays for the tunnel", False),
        ("NATO, EU, UN, WTO", False),
        ("USA", False),
        ("The EU and the UK on NATO", False),
        ("誰が払うのか", False),
    ],
)
def test_titles_in_capitals_are_refused(title: str, is_loud: bool) -> None:
    assert (found(PARAGRAPH, "no-capitals-title", title=title) == ["no-capitals-title"]) is is_loud


def test_the_edit_of_a_title_is_judged_like_a_new_one() -> None:
    assert found(PARAGRAPH, "no-capitals-title", title="WHO PAYS FOR IT", kind="edit") == [
        "no-capitals-title"
    ]


def test_more_than_seventy_per_cent_of_quotation_is_refused() -> None:
    def body(quoted: int, own: int) -> str:
        return f'[quote="bob"]{"said " * quoted}[/quote]\n{"mine " * own}'

    assert found(body(71, 29), "mostly-own-words") == ["mostly-own-words"]
    assert found(body(70, 30), "mostly-own-words") == []
    assert found(PARAGRAPH, "mostly-own-words") == []


@pytest.mark.parametrize(
    ("kind", "since", "is_found"),
    [
        ("reply", 29.9, True),
        ("reply", 30, False),
        ("reply", None, False),
        ("topic", 3, False),
        ("edit", 3, False),
    ],
)
def test_replies_are_thirty_seconds_apart(kind: str, since: float | None, is_found: bool) -> None:
    assert bool(found(PARAGRAPH, "thirty-seconds", kind=kind, seconds_since_last=since)) is is_found
