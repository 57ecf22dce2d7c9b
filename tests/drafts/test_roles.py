"""Roles that the grammar of one sentence gives, or that the page gives by a named rule."""

from __future__ import annotations

from datetime import date

import pytest

from parley.drafts._accusations import accusation_candidates
from parley.drafts._carried_imposers import with_imposers
from parley.drafts._document import Document, document
from parley.drafts._measures import measure_candidates
from parley.drafts._promises import promise_candidates, promises
from parley.drafts._read import reading
from parley.drafts._statements import statements
from parley.drafts._talks import talk_candidates
from parley.records import Article, Measure, Paragraph
from parley.vocabulary import load


def page(*paragraphs: str) -> Document:
    """Return paragraphs as a document of 10 March 2021 under a title that names nobody."""
    lines = ("News of the day", *paragraphs)
    text, marks, at = "\n\n".join(lines), [], 0
    for line in lines:
        marks.append(Paragraph(start=at, end=at + len(line), kind="body" if at else "title"))
        at += len(line) + 2
    article = Article(
        page_sha256="",
        text=text,
        title=lines[0],
        published=date(2021, 3, 10),
        paragraphs=tuple(marks),
    )
    return document(article, load())


@pytest.mark.parametrize(
    ("sentence", "imposer", "target", "rate"),
    [
        ("Ottawa will put 25 percent on U.S. steel from July.", "CAN", "USA", 25.0),
        ("Japan agreed to slash its 38.5% tariff on Australian beef to 19.5%.", "JPN", "AUS", 19.5),
        ("Brussels will hit American jeans with duties of 20%.", "EUU", "USA", 20.0),
        ("The EU endorsed on Wednesday a 25% duty on American jeans.", "EUU", "USA", 25.0),
    ],
)
def test_duty_gets_its_roles_and_its_new_rate(
    sentence: str, imposer: str, target: str, rate: float
) -> None:
    (one,) = measure_candidates(page(sentence))
    assert (one.imposer, one.targets, one.rate) == ((imposer,), (target,), rate)


def test_who_announces_a_duty_imposes_it() -> None:
    seen = page("Tariffs on Chinese goods will rise to 25%, President Joe Biden said.")
    (one,) = with_imposers(measure_candidates(seen), (), ())
    assert (one.imposer, one.rule) == (("USA",), "announced by its imposer")


def test_who_bears_a_duty_does_not_impose_it() -> None:
    (one,) = measure_candidates(page("Canadian producers face a duty of 20% at the border."))
    assert (one.imposer, one.targets) == ((), ("CAN",))


def test_a_duty_that_is_judged_is_not_imposed_by_the_judge() -> None:
    assert all(
        "CAN" not in one.imposer
        for one in measure_candidates(page("Canada considers the duties unfair and unwarranted."))
    )


def test_the_talks_are_those_of_whom_the_paragraph_named() -> None:
    seen = page(
        "Kenya and Tanzania quarrel over maize. Talks will resume in Nairobi on Monday.",
        "The United States and China are not concerned.",
    )
    (one,) = talk_candidates(seen)
    assert (one.parties, one.rule) == (("KEN", "TZA"), "process noun, parties of the paragraph")


def test_an_agreement_of_few_stands_for_its_members() -> None:
    (one,) = talk_candidates(page("The NAFTA talks have been in limbo since the middle of May."))
    assert one.parties == ("CAN", "MEX", "USA")


def test_a_meeting_of_others_is_not_that_of_the_pages_parties() -> None:
    seen = page(
        "Kenya and Tanzania quarrel over maize. A meeting of the unions was held on Monday."
    )
    assert talk_candidates(seen) == []


@pytest.mark.parametrize(
    ("sentence", "by", "against"),
    [
        ("The US measures are inconsistent with WTO rules, New Delhi argued.", "IND", "USA"),
        ("American farmers accuse Canada of shutting out their milk.", "American farmers", "CAN"),
        ("China has been accused by the European Union of dumping steel.", "EUU", "CHN"),
        ("Washington's complaint that Brussels shields its farmers is old.", "USA", "EUU"),
        ("Australia challenged the Chinese duties at the World Trade Organization.", "AUS", "CHN"),
    ],
)
def test_reproach_has_its_sides(sentence: str, by: str, against: str) -> None:
    seen = page(sentence)
    (one,) = accusation_candidates(seen, statements(seen), measure_candidates(seen))
    assert (one.by, one.against) == (by, (against,))


def test_who_was_bullied_is_not_blamed() -> None:
    seen = page('"Australia was bullied," the Australian trade minister said of China.')
    found = accusation_candidates(seen, statements(seen), measure_candidates(seen))
    assert all("AUS" not in one.against for one in found)


@pytest.mark.parametrize(
    ("sentence", "by", "verdict"),
    [
        ("China honoured its pledge to open its market, officials said.", "CHN", "kept"),
        ("Japan's failure to honour the agreement drew criticism.", "JPN", "broken"),
        ("South Korea committed to a $350 billion investment fund.", "KOR", "pledged"),
        ("Ottawa gave an assurance that dairy farms would be inspected.", "CAN", "pledged"),
    ],
)
def test_promise_and_what_became_of_it(sentence: str, by: str, verdict: str) -> None:
    found = promise_candidates(page(sentence), ())
    assert ((by,), verdict) in [(one.by, one.verdict) for one in found]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("India offered to cut its tariff on cars to 10%.", {("announced", 10.0)}),
        (
            "India offered to cut the duty on wine from 150% to 75% over five years, "
            "and to 20% after ten years.",
            {("announced", 75.0), ("announced", 20.0)},
        ),
        ("India pledged to cut its tariff on cars to 10%.", {("announced", 10.0)}),
        ("India proposed to cut its tariff on cars to 10%.", {("threatened", 10.0)}),
        ("India is willing to cut its tariff on cars to 10%.", {("threatened", 10.0)}),
        ("India is ready to cut its tariff on cars to 10%.", {("threatened", 10.0)}),
        ("India would cut its tariff on cars to 10%.", {("threatened", 10.0)}),
        ("India cut its tariff on cars to 10%.", {("in_force", 10.0)}),
    ],
)
def test_what_is_only_offered_is_not_in_force(sentence: str, found: set[tuple[str, float]]) -> None:
    measures = measure_candidates(page(sentence))
    assert {(one.state, one.rate) for one in measures} == found
    assert {one.imposer for one in measures} == {("IND",)}


def test_ban_whose_removal_is_pledged_holds_until_then() -> None:
    seen = page("India pledged to remove its import ban on American poultry.")
    (ban,) = measure_candidates(seen)
    (made,) = promise_candidates(seen, ())
    assert (ban.kind, ban.imposer, ban.state) == ("import_ban", ("IND",), "in_force")
    assert (made.by, made.verdict) == (("IND",), "pledged")


BYSTANDER = (
    "Canada and Mexico held trade talks with India on Monday.",
    "India imposed a tariff of 20% on Mexican steel and one of 30% on Canadian lentils last year.",
)


def at_half(quotation: str) -> list[Measure]:
    """Return the measures of 50 % that a page gives which quotes somebody on India's page."""
    seen = page(BYSTANDER[0], quotation, BYSTANDER[1])
    found = [draft.record for draft in reading(seen.article, engine="patterns").drafts]
    measures = [one for one in found if isinstance(one, Measure)]
    assert [one.imposer for one in measures if one.rate.ad_valorem == 0.2] == ["IND"]
    return [one for one in measures if one.rate.ad_valorem == 0.5]


@pytest.mark.parametrize(
    "quotation",
    [
        'Donald Trump said: "We will impose a tariff of 50% on wine."',
        '"Our tariff on wine will rise to 50%," Donald Trump said.',
    ],
)
def test_we_in_a_quotation_is_the_country_of_the_speaker(quotation: str) -> None:
    assert [one.imposer for one in at_half(quotation)] == ["USA"]


def test_we_of_somebody_without_a_country_is_nobody_else_on_the_page() -> None:
    assert at_half('John Smith, a baker, said: "We will impose a tariff of 50% on wine."') == []


def test_imposer_of_the_page_gets_no_measure_beside_which_somebody_else_is_named() -> None:
    india = "India raised its tariff on steel to 20%. India raised its tariff on lentils to 30%."
    far = ["Nothing more was said.", "It rained.", "It snowed."]
    rules = [
        [one.rule for one in with_imposers(measure_candidates(page(india, *far, last)), (), ())]
        for last in ("Wine now meets a duty of 50%.", "Wine meets a duty of 50%, as Canada knows.")
    ]
    assert [sum("imposer of the page" in rule for rule in found) for found in rules] == [1, 0]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        (
            "China failed to keep its Geneva promise to buy more rice, Washington said on Friday.",
            "buy more rice",
        ),
        (
            "The US Trade Representative accused China of breaking its pledge to delay the levy.",
            "delay the levy",
        ),
        (
            "Trump said China broke a promise made in Geneva, mainly the pledge to buy more rice.",
            "buy more rice",
        ),
        ("Washington accused Beijing of violating the Geneva agreement.", "the Geneva agreement"),
        ("Trump denounced China's failure to honour the trade pact.", "honour the trade pact"),
    ],
)
def test_broken_promise_is_one_record_of_what_was_promised(sentence: str, what: str) -> None:
    (one,) = promises(promise_candidates(page(sentence), ("CHN", "USA")))
    assert (one.by, one.verdict, one.what) == (("CHN",), "broken", what)


def test_next_round_is_one_between_the_two_parties_of_the_page() -> None:
    seen = page(
        "India and Brazil opened trade negotiations in Brasilia on Monday.",
        "The next round will take place in New Delhi from 12 to 16 March 2021.",
    )
    first, second = talk_candidates(seen)
    assert (second.parties, second.place) == (("BRA", "IND"), "New Delhi")
    assert (second.when.start, second.state) == (date(2021, 3, 12), "scheduled")
    assert "parties of the page" in second.rule
    assert second.strength < first.strength


def test_next_round_of_a_game_is_no_talks() -> None:
    seen = page("India and Brazil opened trade talks.", "The next round of cards went to Maria.")
    assert len(talk_candidates(seen)) == 1
