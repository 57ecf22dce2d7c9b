"""Verbs and nouns of promise, and what tells a commitment from a measure or a vague hope."""

from __future__ import annotations

from parley.drafts._words import lemmas

PROMISE = lemmas("promise")
PROMISE_NOUNS = frozenset(
    "promise promises pledge pledges commitment commitments undertaking undertakings assurance "
    "assurances guarantee guarantees offer offers vow vows".split()
)
BREACH = lemmas("breach")
KEEP = lemmas("fulfil")
WORD = frozenset(
    "promise promises pledge pledges commitment commitments obligation obligations agreement deal "
    "accord pact terms truce word treaty undertaking undertakings consensus protocol end "
    "agreements understanding ceasefire decided agreed assurance assurances bargain".split()
)
VAGUE = frozenset(
    "meet hold continue negotiate discuss talk work cooperate co-operate engage explore restart "
    "start begin launch consult communicate maintain keep convene reach sign seek strike "
    "speak return resume pursue try look see make take go have be get intensify set "
    "strive aim finalise finalize conclude push examine do extend become retaliate respond fight "
    "leave say resolve settle impose raise announce".split()
)
MEASURE_WORDS = frozenset(
    "tariff tariffs duty duties levy levies quota quotas export exports licence licences license "
    "licenses surcharge tax countermeasures".split()
)
TALK_WORDS = frozenset(
    "talks negotiations meeting deal agreement framework summit roadmap principle terms truce "
    "extension text pact accord".split()
)
HARD = frozenset(
    "buy purchase invest import open honour honor enforce implement remove provide grant "
    "protect ensure ratify abide respect refrain stop end adopt recognise recognize accept approve "
    "supply spend contribute reform change amend repeal comply adhere join deliver fulfil fulfill "
    "uphold enact build give prevent prohibit eliminate reduce curb limit halt cease sell "
    "release crack tackle address establish strike withdraw drop discontinue simplify finance "
    "fund scrap deploy appoint tighten double".split()
)
FUTURE = frozenset(("will", "'ll", "shall"))
DEAL_CUES = frozenset(
    "agreement deal pact accord framework commitments parties statement terms agreed treaty return "
    "exchange bargain".split()
)
NOT_MEANT = frozenset(
    "refuse threaten fail want seek hope try ask demand urge call consider need push press".split()
)
PLANNED = frozenset(
    "plan plans proposal proposals bid want threaten intend seek propose go".split()
)
