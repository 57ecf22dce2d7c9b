"""The duty on one customs entry to the cent, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING

from parley.duties._acts import Asked, acts, in_force, notes
from parley.duties._goods import one_good
from parley.duties._lists import read_parquet
from parley.duties._rules import shipped_stacking
from parley.duties._stack import stack
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from parley.duties._acts import InForce
    from parley.duties._goods import Goods
    from parley.duties._stack import Layer
    from parley.ledger import Ledger
    from parley.records import Clock, Profile

_CENT = Decimal("0.01")
_AD_VALOREM = ("0", "7")  # kinds of rate in the USITC table: free, and a share of the value
_COMPOUND = ("1", "2", "4", "5")  # money per unit, with or without a share of the value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one law puts on an entry."""

    measure: str  # entry id, or the HTS number for column 1
    title: str
    law: str
    rate: float  # fraction of the customs value
    portion: float  # of the value on which it falls
    duty: Decimal  # USD
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDuty:
    """The duty on an entry with its lines; `not_computed` names what the total leaves out."""

    hts: str
    origin: str
    value: Decimal
    day: date
    lines: tuple[Line, ...]
    not_computed: dict[str, str]

    @property
    def total(self) -> Decimal:
        """The duty in USD, the sum of the lines."""
        return sum((line.duty for line in self.lines), Decimal("0.00"))

    @property
    def complete(self) -> bool:
        """Whether every measure that may fall on the entry is in the total."""
        return not self.not_computed


def entry(  # noqa: PLR0913 - the facts of one customs entry
    ledger: Ledger,
    hts: str,
    origin: str,
    value: float | str | Decimal,
    day: date,
    *,
    claims: Sequence[str] = (),
    quantity: float | None = None,
    usmca: bool = False,
    metal_share: float | None = None,
    use_share: float | None = None,
    over_quota: bool = False,
    loaded: date | None = None,
    known: date | None = None,
    clock: Clock = "published",
    profile: Profile = "legal",
) -> EntryDuty:
    """Return the duty on one entry into the United States, layer by layer.

    `quantity` is in the unit of the column-1 rate; `usmca` says that the entry claims USMCA;
    `metal_share` is the share of the value that is steel or aluminium, for derivative articles.
    `use_share` is the share of the value that is for the use on which an exemption rests (civil
    aircraft, medicines); `over_quota` says that the entry comes beyond a quota. Goods that were
    `loaded` before a duty began pay what was charged before, where its order says so.
    `claims` are headings of chapter 99 by which an importer claims an exemption.

    Raises
    ------
    InputError
        When the HTS number is unknown, the value is not positive, a quantity is needed, or a claim
        is not known.
    """
    code = hts.replace(".", "")
    worth = _worth(value)
    if len(code) not in (8, 10) or not code.isdigit():
        raise InputError(f"{hts!r} is no HTS number of 8 or 10 digits")
    first = column_one(code, worth, origin, quantity=quantity, usmca=usmca)
    goods = one_good(
        code,
        origin,
        base_rate=float(first.duty / worth),
        high=first.rate >= 0.15,
        usmca=1.0 if usmca else 0.0,
    )
    asked = Asked(known=known, clock=clock, profile=profile)
    if loaded is not None and loaded > day:
        raise InputError(f"goods entered on {day} cannot have been loaded on {loaded}")
    found = in_force(acts(ledger, asked), day, loaded=loaded)
    stacking = shipped_stacking().on(day, known).beyond_quota(over=over_quota)
    stacking = stacking.stating(metal=metal_share, use=use_share)
    charges = [one for one in found.charges if one.measure not in notes()["paid_2024"]]
    layers = stack(goods, charges, stacking)
    claimed = _claimed(claims)
    missing = _missing(found, goods, claimed)
    return EntryDuty(
        hts=hts,
        origin=origin,
        value=worth,
        day=day,
        lines=(
            first,
            *(
                _line(layer, worth)
                for layer in layers
                if layer.portion[0] and layer.charge.measure not in claimed
            ),
            *(_free(measure, heading) for measure, heading in claimed.items()),
        ),
        not_computed=missing,
    )


def _worth(value: float | str | Decimal) -> Decimal:
    try:
        worth = Decimal(str(value))
    except InvalidOperation:
        raise InputError(f"the value {value!r} is no number of USD") from None
    if not (worth.is_finite() and worth > 0):
        raise InputError(f"the value {value} of an entry must be positive, in USD")
    return worth


def _missing(found: InForce, goods: Goods, claimed: Mapping[str, str]) -> dict[str, str]:
    """Return the measures in force that may fall on one good and are not computed, with why."""
    origin, chapter = str(goods.partner[0]), str(goods.hs2[0])
    known = notes()
    missing = {
        charge.measure: found.not_computed[charge.measure]
        for charge in (*found.headlines, *found.unknown)
        if charge.falls_on(origin)
        and charge.measure not in claimed
        and chapter in known["may_concern"].get(charge.measure, [chapter])
    }
    unsure = [charge for charge in found.charges if charge.measure in known["paid_2024"]]
    return missing | {
        charge.measure: known["paid_2024"][charge.measure]
        for charge in unsure
        if charge.falls_on(origin) and goods.on(charge.products)[0]
    }


def _claimed(claims: Sequence[str]) -> dict[str, str]:
    known = notes()["claim"]
    for heading in claims:
        if heading not in known:
            raise InputError(f"claim {heading} is not known; known are {', '.join(known)}")
    return {known[heading]["measure"]: heading for heading in claims}


def _free(measure: str, heading: str) -> Line:
    words = notes()["claim"][heading]["words"]
    return Line(
        measure=measure,
        title=f"claim of {heading}",
        law=words,
        rate=0.0,
        portion=0.0,
        duty=Decimal("0.00"),
        note="as the importer claims",
    )


def _line(layer: Layer, worth: Decimal) -> Line:
    rate = Decimal(repr(round(float(layer.rate[0]), 12)))
    return Line(
        measure=layer.charge.measure,
        title=layer.charge.title,
        law=layer.charge.law,
        rate=float(rate),
        portion=float(layer.portion[0]),
        duty=(worth * rate).quantize(_CENT, ROUND_HALF_UP),
        note="; ".join(_remarks(layer)),
    )


def _remarks(layer: Layer) -> list[str]:
    part = [f"on {layer.portion[0]:.0%} of the value"] if layer.portion[0] < 1.0 else []
    return part + (["one source"] if layer.charge.single_source else [])


@cache
def _column_one() -> dict[str, tuple[str, str, float, float]]:
    table = read_parquet("mfn_hs8.parquet")
    columns = (table[name].tolist() for name in ("hs8", "words", "kind", "ad_valorem", "specific"))
    return {
        hs8: (words, kind, part, money)
        for hs8, words, kind, part, money in zip(*columns, strict=True)
    }


def column_one(
    code: str, worth: Decimal, origin: str, *, quantity: float | None, usmca: bool
) -> Line:
    """Return the column-1 duty of an entry, free where it claims USMCA.

    Raises
    ------
    InputError
        When the number is not in the table, the rate needs a quantity, or it cannot be computed.
    """
    if code[:8] not in _column_one():
        raise InputError(f"HTS {code[:8]} is not in the column-1 table of 2025")
    words, kind, part, money = _column_one()[code[:8]]
    duty = worth * Decimal(repr(part))
    if usmca and origin in ("CAN", "MEX"):
        words, duty = f"{words}; free under USMCA", Decimal(0)
    elif kind in _COMPOUND:
        if quantity is None:
            raise InputError(f"HTS {code[:8]} pays {words}: give the quantity in that unit")
        duty += Decimal(repr(money)) * Decimal(repr(quantity))
    elif kind not in _AD_VALOREM:
        raise InputError(f"HTS {code[:8]} pays {words}, which is not computed here")
    cents = duty.quantize(_CENT, ROUND_HALF_UP)
    return Line(
        measure=code,
        title="Column 1",
        law=f"HTS {code[:4]}.{code[4:6]}.{code[6:8]}: {words}",
        rate=float(duty / worth),
        portion=1.0,
        duty=cents,
    )
