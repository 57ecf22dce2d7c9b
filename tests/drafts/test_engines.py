"""What both engines propose, who stands behind it, and what it is worth."""

from datetime import date

import pytest

from parley import articles, drafts
from parley.drafts._clauses import Verb
from parley.drafts._document import Document, document
from parley.drafts._tree_verbs import deepened
from parley.drafts._weights import Weights, weights
from parley.errors import DataError
from parley.records import Article, Measure, Page
from parley.vocabulary import load

LEDE = "Peru answers copper duties"
MORE = "Ministers of both countries said so at a conference in Lima on Thursday, and no more."
READERS = ("patterns", "full")


def article(sentence: str) -> Article:
    page = Page(
        address="a.txt", content=f"{LEDE}\n\n{sentence} {MORE}\n".encode(), media_type="text/plain"
    )
    return articles.read(page, published=date(2019, 5, 3))


def parsed(sentence: str) -> Document:
    pytest.importorskip("spacy", reason="spaCy is not installed: parley[parser]")
    return deepened(document(article(sentence), load()))


def verb(seen: Document, lemma: str) -> Verb:
    return next(v for s in seen.sentences for v in s.verbs if v.lemma == lemma and v.parsed)


def subject(seen: Document, lemma: str) -> list[str]:
    for sentence in seen.sentences:
        for one in sentence.verbs:
            if one.lemma == lemma and one.parsed:
                return [code for at in one.subject for code in sentence.items[at].codes]
    return []


def test_tree_gives_the_subject_of_an_infinitive() -> None:
    seen = parsed("Chile has agreed to lift its tariffs on Peruvian copper.")
    assert subject(seen, "lift") == ["CHL"]
    assert verb(seen, "lift").chain == ("agree",)


def test_object_of_urge_does_what_is_urged() -> None:
    assert subject(parsed("Peru urged Chile to lift tariffs on copper."), "lift") == ["CHL"]


def test_relative_pronoun_stands_for_its_noun() -> None:
    seen = parsed("Chile, which imposed tariffs on copper in April, wants a deal with Peru.")
    assert subject(seen, "impose") == ["CHL"]


def test_participle_after_its_noun_is_passive() -> None:
    assert verb(parsed("The tariffs imposed by Chile hurt Peru."), "impose").passive


def test_modal_and_denial_are_kept() -> None:
    seen = parsed("Chile will not impose tariffs on Peru.")
    assert verb(seen, "impose").modals == ("will",)
    assert verb(seen, "impose").negated


def test_draft_of_both_engines_says_so() -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: parley[parser]")
    given = article("Chile imposed a 12% tariff on Peruvian copper on Monday.")
    found = [d for d in drafts.read(given, engine="full") if isinstance(d.record, Measure)]
    assert [d.rules[-1] for d in found] == ["both engines"]


def test_patterns_alone_name_no_engine() -> None:
    given = article("Chile imposed a 12% tariff on Peruvian copper on Monday.")
    rules = [rule for d in drafts.read(given, engine="patterns") for rule in d.rules]
    assert rules
    assert not {"both engines", "patterns alone", "parser alone"} & set(rules)


def test_model_that_is_not_there_is_no_silent_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SPACY_MODEL", "no_such_model")
    with pytest.raises(DataError, match=r"no_such_model|needs spaCy"):
        drafts.read(article("Chile imposed a 12% tariff on Peruvian copper on Monday."))


def test_chance_is_logistic_in_the_features() -> None:
    some = Weights({"a": 2.0, "b": -1.0}, 0.5)
    assert some.chance({"a": 1.0, "b": 2.0, "unknown": 9.0}) == pytest.approx(0.5)
    assert some.chance({"a": 1.0}) == pytest.approx(0.8808, abs=1e-4)


@pytest.mark.parametrize("readers", READERS)
def test_every_draft_is_as_likely_as_the_weights_ask(readers: drafts.Engine) -> None:
    if readers == "full":
        pytest.importorskip("spacy", reason="spaCy is not installed: parley[parser]")
    given = article("Chile imposed a 12% tariff on Peruvian copper. Peru said that was unfair.")
    least = weights("full" if readers == "full" else "patterns").least
    found = drafts.read(given, engine=readers)
    assert found
    assert all(draft.confidence >= round(least, 3) for draft in found)


def test_agreement_of_the_engines_never_speaks_against_a_draft() -> None:
    learned = weights("full").by_feature
    assert learned.get("engine: both", 0.0) >= 0.0 >= learned.get("engine: parser", 0.0)
