"""Which nouns name a measure that is no tariff, and its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.drafts._verbs import is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parley.drafts._candidates import View
    from parley.records import MeasureKind

_LIMITS = frozenset(
    "control controls curb curbs restriction restrictions limit limits ban bans embargo embargoes "
    "prohibition prohibitions rules clampdown crackdown".split()
)


_IMPORTS = frozenset(("import", "imports", "imported"))


EXPORTS = frozenset(
    (
        "export",
        "exports",
        "shipment",
        "shipments",
        "sale",
        "sales",
        "exporting",
        "shipping",
        "selling",
    )
)


_PROBED = frozenset(
    "dumping subsidy countervailing safeguard trade 232 301 201 tariff import imports practices "
    "subsidies wto antitrust".split()
)


_PLAIN_KINDS: dict[str, MeasureKind] = {
    "quota": "quota", "quotas": "quota", "trq": "quota", "trqs": "quota",
    "sanctions": "sanction", "countermeasures": "other", "retaliation": "other",
    "boycott": "other", "boycotts": "other", "reprisals": "other",
}  # fmt: skip


_LICENCES = frozenset("licence licences license licenses licensing permits".split())


EXEMPTIONS = frozenset("exemption exemptions exclusion exclusions waiver waivers".split())


_PROBES = frozenset("investigation investigations probe probes inquiry".split())


_SUBSIDIES = frozenset(("subsidy", "subsidies"))


_VISAS = frozenset(("visa", "visas"))


_MEASURES = frozenset(("measures",))


_TAXES = frozenset(("tax", "taxes"))


_FEES = frozenset(("fee", "fees"))


_DUTIES = frozenset("tariff tariffs duty duties levies".split())


_VISA_LIMITS = frozenset(
    "restrictions restriction ban bans curbs revoke revoking revoked revocation revocations cancel "
    "limits".split()
)


_MEASURE_MODIFIERS = frozenset(
    "retaliatory counter safeguard protectionist reciprocal dumping".split()
)


_STATUS = frozenset("privileges preferences status treatment benefits access".split())


_PREFERRED = frozenset(
    "gsp preferential preferences generalized generalised mfn favored favoured".split()
)


_TRIGGERS = (
    _LIMITS
    | _LICENCES
    | EXEMPTIONS
    | _PROBES
    | _SUBSIDIES
    | _VISAS
    | _MEASURES
    | _TAXES
    | _FEES
    | _STATUS
) | {"list", "blacklist", *_PLAIN_KINDS}


def noun_kind(view: View, at: int) -> MeasureKind | None:
    """Return the kind of measure that a noun names, by its neighbours, or None."""
    items = view.items
    low = items[at].low
    if low not in _TRIGGERS:
        return None
    before = [item.low for item in items[max(0, at - 4) : at]]
    after = [item.low for item in items[at + 1 : at + 7]]
    last = before[-1] if before else ""
    if low in _LIMITS:
        return None if is_verb(items, at) else _limit_kind(view, at, before, after)
    if low in ("list", "blacklist"):
        named = (low == "blacklist" and not is_verb(items, at)) or last in ("entity", "entities")
        return "entity_listing" if named else None
    if low in _PROBES and view.goods & set(range(at - 4, at + 7)) and not is_verb(items, at):
        return "other"
    return _PLAIN_KINDS.get(low) or _kind_beside(low, last, {*before, *after}, before, after)


def _kind_beside(
    low: str, last: str, near: set[str], before: Sequence[str], after: Sequence[str]
) -> MeasureKind | None:
    """Return the kind that a noun has only beside certain words."""
    tests: tuple[tuple[frozenset[str], bool, MeasureKind], ...] = (
        (_LICENCES, "export" in before or "exports" in after, "export_licence"),
        (_LICENCES, last in ("import", "imports"), "other"),
        (EXEMPTIONS, bool(_DUTIES & near), "quota"),
        (_SUBSIDIES, last not in ("anti", "countervailing") and not _law(after), "subsidy"),
        (_VISAS, bool(_VISA_LIMITS & {*before, *after[:2]}), "visa"),
        (_PROBES, bool(_PROBED & near), "other"),
        (_MEASURES, last == "dumping", "import_tariff"),
        (_MEASURES, last in _MEASURE_MODIFIERS, "other"),
        (_TAXES, "digital" in before, "other"),
        (_STATUS, bool(_PREFERRED & near) or (low, last) == ("preferences", "trade"), "other"),
        (_FEES, bool({"port", "docking", "ships", "vessels"} & near), "other"),
    )
    return next((kind for words, holds, kind in tests if low in words and holds), None)


def _law(after: Sequence[str]) -> bool:
    return after[:1] in (["regulation"], ["act"], ["agreement"], ["code"], ["dispute"], ["case"])


def _limit_kind(
    view: View, at: int, before: Sequence[str], after: Sequence[str]
) -> MeasureKind | None:
    low, last = view.items[at].low, before[-1] if before else ""
    near = {*before, *after[:4]}
    if last == "travel" or "travel" in after[:2] or "flights" in near:
        return None
    if last in ("export", "exports"):
        return "export_control"
    if last in ("import", "imports"):
        return "import_ban"
    if {"visa", "visas"} & near:
        return "visa"
    if _IMPORTS & {*after[:4]}:
        return "import_ban"
    if EXPORTS & {*after[:4]}:
        return "export_control"
    if low in ("embargo", "embargoes"):
        return "import_ban"
    if last == "trade" and low in ("restriction", "restrictions", "curbs", "limits"):
        return "other"
    if low in _BANS and (_on_goods(view, at) or view.goods & set(range(at - 3, at))):
        return "import_ban"
    return None


_BANS = frozenset("ban bans prohibition embargo embargoes".split())


def _on_goods(view: View, at: int) -> bool:
    """Whether goods follow: "a ban on Polish meat", "an embargo on beef from Brazil"."""
    items = view.items
    if at + 2 >= len(items) or items[at + 1].low not in ("on", "against", "of"):
        return False
    near = range(at + 2, min(at + 8, len(items)))
    stop = next((h for h in near if items[h].kind == "mark" or is_verb(items, h)), near.stop)
    return bool(view.goods & set(range(at + 2, stop)))
