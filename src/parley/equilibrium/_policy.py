"""What governments do, in one language: duties, export taxes, frictions, limits and bans."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Literal, TypeAlias, Unpack

import numpy as np

from parley.equilibrium._flows import flow_mask, said, table_rates
from parley.equilibrium._limit import DEFLATORS, Limit, check_deflator
from parley.errors import InputError, LabelError

if TYPE_CHECKING:
    from parley.equilibrium._flows import Codes
    from parley.equilibrium._limit import Deflator, Size
    from parley.records import DutyTable
    from parley.typing import Array, Index, Mask
    from parley.world import World

Use: TypeAlias = Literal["final", "intermediate"]
USES: tuple[Use, ...] = ("final", "intermediate")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """A change to the terms of trade of a `World`, cell by cell.

    Every method returns a new policy; ``a + b`` does both. The duty of a cell is its base level,
    or the level that `set_duty` gave it, plus the points that `add_duty` added, plus what
    `add_specific_duty` charges per unit.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    duty_level: Array = field(repr=False)  # NaN where not set; (importer, exporter, sector)
    duty_points: Array = field(repr=False)  # same shape
    specific_duty: Array = field(repr=False)  # over base prices; (deflator, ... same shape)
    export_tax: Array = field(repr=False)  # fraction of the producer's price; same shape
    iceberg: Array = field(repr=False)  # log of the cost factor; (use, importer, exporter, sector)
    banned: Mask = field(repr=False)  # same shape as `iceberg`
    limits: tuple[Limit, ...] = ()

    # ------------------------------------------------------------------ building

    @classmethod
    def none(cls, world: World) -> Policy:
        """Return the policy that changes nothing in `world`."""
        shape = world.tariff.shape
        return cls(  # one number each, spread over all cells: see `used`
            economies=world.economies,
            sectors=world.sectors,
            duty_level=np.broadcast_to(np.nan, shape),
            duty_points=np.broadcast_to(0.0, shape),
            specific_duty=np.broadcast_to(0.0, (len(DEFLATORS), *shape)),
            export_tax=np.broadcast_to(0.0, shape),
            iceberg=np.broadcast_to(0.0, (2, *shape)),
            banned=np.broadcast_to(False, (2, *shape)),
        )

    def set_duty(
        self, *, importer: Codes, exporter: Codes, sector: Codes = None, rate: float
    ) -> Policy:
        """Set the ad valorem duty of the named flows to `rate`, whatever the base duty was.

        Parameters
        ----------
        importer, exporter, sector
            A code, a tuple of codes, or None for all. Domestic flows carry no duty.
        rate
            Fraction of the price at the border: 0.25 is 25 per cent. Above -1.

        Raises
        ------
        LabelError
            When a code is not in the world.
        """
        _check_rate("set_duty", rate, above=-1.0)
        level = self.duty_level.copy()
        level[self._flows(importer, exporter, sector)] = rate
        points = self.duty_points.copy()
        points[self._flows(importer, exporter, sector)] = 0.0
        return replace(self, duty_level=level, duty_points=points)

    def add_duty(
        self, *, importer: Codes, exporter: Codes, sector: Codes = None, rate: float
    ) -> Policy:
        """Add `rate` (0.25 is 25 points) to the duty of the named flows."""
        _check_rate("add_duty", rate, above=-np.inf)
        points = self.duty_points.copy()
        points[self._flows(importer, exporter, sector)] += rate
        return replace(self, duty_points=points)

    def add_specific_duty(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        amount: float,
        deflator: Deflator = "numeraire",
    ) -> Policy:
        """Add an amount of money per unit to the duty of the named flows.

        Parameters
        ----------
        amount
            Per base-period unit, over the exporter's price of the base year: 0.25 is what 25 per
            cent would be at base prices. Ad valorem it falls as the price at the border rises.
        deflator
            What the amount follows: "numeraire" (world factor income) or "importer_prices" (an
            amount indexed to the importer's consumer prices).
        """
        _check_rate("add_specific_duty", amount, above=-1.0)
        check_deflator("add_specific_duty", deflator)
        amounts = self.specific_duty.copy()
        amounts[DEFLATORS.index(deflator)][self._flows(importer, exporter, sector)] += amount
        return replace(self, specific_duty=amounts)

    def moved(self, *, duty: Array, export_tax: Array | float = 0.0) -> Policy:
        """Return the policy with points added cell by cell, (importer, exporter, sector)."""
        return replace(
            self, duty_points=self.duty_points + duty, export_tax=self.export_tax + export_tax
        )

    def add_export_tax(
        self, *, importer: Codes, exporter: Codes, sector: Codes = None, rate: float
    ) -> Policy:
        """Add an export tax (a subsidy when negative), a fraction of the producer's price.

        The exporter's government receives it; the importer's duty is charged on the price that
        includes it.
        """
        tax = self.export_tax.copy()
        tax[self._flows(importer, exporter, sector)] += rate
        if tax.min() <= -1.0:
            raise InputError(
                f"add_export_tax: rate {rate} brings a tax to -1 or below; use one above -1"
            )
        return replace(self, export_tax=tax)

    def add_iceberg(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        factor: float,
        use: Use | None = None,
    ) -> Policy:
        """Multiply the real cost of the named flows by `factor` (1.1 wastes a tenth more)."""
        if not (np.isfinite(factor) and factor > 0.0):
            raise InputError(f"add_iceberg: factor {factor} must be positive and finite")
        iceberg = self.iceberg.copy()
        iceberg[self._cells_by_use(importer, exporter, sector, use)] += np.log(factor)
        return replace(self, iceberg=iceberg)

    def ban(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        use: Use | None = None,
    ) -> Policy:
        """Remove the exporter from the suppliers of the importer."""
        banned = self.banned | self._cells_by_use(importer, exporter, sector, use)
        return replace(self, banned=banned)

    def quota(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        rent: str = "importer",
        use: Use | None = None,
        **size: Unpack[Size],
    ) -> Policy:
        """Limit what the importer lets in; as `cap`, but the rent is the importer's by default."""
        return self.cap(
            importer=importer, exporter=exporter, sector=sector, rent=rent, use=use, **size
        )

    def cap(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        rent: str = "exporter",
        use: Use | None = None,
        **size: Unpack[Size],
    ) -> Policy:
        """Limit what the exporter lets out: the named flows, taken together.

        Parameters
        ----------
        rent
            Who receives what buyers pay above the exporter's price: "exporter" (export licences),
            "importer" (an import quota), the code of the economy that holds the licences, or
            "wasted" (the good itself is used up).
        **size
            One of ``share`` (of the base-year volume), ``volume_usd_mn`` (base-period units) and
            ``value_usd_mn`` (customs value before duty, with an exporter's rent in it). The last
            follows ``deflator``: "numeraire" (world factor income, the default) or
            "importer_prices" (each importer's consumer prices).

        Raises
        ------
        InputError
            When the limit is not positive (use `ban` for none at all) or not stated once.
        """
        limit = Limit(
            name=self._unused(f"{said(importer)} from {said(exporter)}, {said(sector)}"),
            cells=self._cells_by_use(importer, exporter, sector, use),
            rent=rent,
            **size,
        )
        return replace(self, limits=(*self.limits, limit))

    def tariff_rate_quota(
        self,
        *,
        importer: Codes,
        exporter: Codes,
        sector: Codes = None,
        in_quota: float,
        out_of_quota: float,
        rent: str = "importer",
        **size: Unpack[Size],
    ) -> Policy:
        """Charge the duty `in_quota` on a first part and `out_of_quota` on what comes beyond.

        The limit is stated as in `cap`. Inside the quota the wedge between the two duties is a
        rent; on what comes beyond it is duty revenue of the importer.
        """
        if not -1.0 < in_quota < out_of_quota:
            raise InputError(
                f"tariff_rate_quota: the duty beyond the quota ({out_of_quota:g}) must lie above "
                f"that inside ({in_quota:g}), both above -1"
            )
        inside = self.set_duty(importer=importer, exporter=exporter, sector=sector, rate=in_quota)
        limited = inside.cap(importer=importer, exporter=exporter, sector=sector, rent=rent, **size)
        ceiling = float(np.log((1.0 + out_of_quota) / (1.0 + in_quota)))
        last = replace(limited.limits[-1], ceiling=ceiling)
        return replace(limited, limits=(*limited.limits[:-1], last))

    def __add__(self, other: Policy) -> Policy:
        """Do both. Raises `InputError` when the two set one duty to different levels."""
        if (self.economies, self.sectors) != (other.economies, other.sectors):
            raise LabelError(
                "two policies for different worlds cannot be added; build both from one World"
            )
        both = ~np.isnan(self.duty_level) & ~np.isnan(other.duty_level)
        clash = both & (self.duty_level != other.duty_level)
        if clash.any():
            n, i, s = (int(axis[0]) for axis in np.nonzero(clash))
            raise InputError(
                f"both policies set the duty of {self.economies[n]} on {self.economies[i]} in "
                f"{self.sectors[s]}: {self.duty_level[n, i, s]:g} and "
                f"{other.duty_level[n, i, s]:g}; set it in one of them"
            )
        return replace(
            self,
            duty_level=np.where(np.isnan(self.duty_level), other.duty_level, self.duty_level),
            duty_points=self.duty_points + other.duty_points,
            specific_duty=self.specific_duty + other.specific_duty,
            export_tax=self.export_tax + other.export_tax,
            iceberg=self.iceberg + other.iceberg,
            banned=self.banned | other.banned,
            limits=self.limits
            + tuple(replace(limit, name=self._unused(limit.name)) for limit in other.limits),
        )

    @classmethod
    def from_duties(cls, world: World, before: DutyTable, after: DutyTable) -> Policy:
        """Return the policy that moves the duties of `world` from `before` to `after`.

        Tables of basis "additional" are taken as points on the base duty of the world: what
        changes between them is added. Tables of basis "total" give levels: every cell whose duty
        differs between them is set to its level in `after`.

        Raises
        ------
        InputError
            When the two tables have different bases, or a total is missing in `after`.
        LabelError
            When an economy or a sector is not in the world.
        """
        if before.basis != after.basis:
            raise InputError(
                f"the duty table of {before.on} is of basis {before.basis!r}, that of {after.on} "
                f"of basis {after.basis!r}; build both with one basis"
            )
        policy = cls.none(world)
        rates_before, rates_after = (
            table_rates(table, world.economies, world.sectors) for table in (before, after)
        )
        if after.basis == "additional":
            points = np.nan_to_num(rates_after) - np.nan_to_num(rates_before)
            return replace(policy, duty_points=points)
        lost = ~np.isnan(rates_before) & np.isnan(rates_after)
        if lost.any():
            n, i, s = (int(axis[0]) for axis in np.nonzero(lost))
            raise InputError(
                f"the total duty of {world.economies[n]} on {world.economies[i]} in "
                f"{world.sectors[s]} is in the table of {before.on} but not in that of {after.on}"
            )
        moved = ~np.isnan(rates_after) & (rates_after != rates_before)
        return replace(policy, duty_level=np.where(moved, rates_after, np.nan))

    # ------------------------------------------------------------------ reading

    def tariff(self, base: Array) -> Array:
        """Return the duties under this policy, given those of the base year (same shape)."""
        level = np.where(np.isnan(self.duty_level), base, self.duty_level) + self.duty_points
        if level.min() <= -1.0:
            n, i, s = (int(axis[0]) for axis in np.nonzero(level <= -1.0))
            raise InputError(
                f"the duty of {self.economies[n]} on {self.economies[i]} in {self.sectors[s]} "
                f"would be {level[n, i, s]:g}; a duty must stay above -1"
            )
        return level

    @property
    def splits_uses(self) -> bool:
        """Whether final and intermediate buyers are treated differently anywhere."""
        set_here = [cells for cells in (self.iceberg, self.banned) if used(cells)]
        by_use = (*set_here, *(limit.cells for limit in self.limits))
        return any(bool((cells[0] != cells[1]).any()) for cells in by_use)

    @property
    def moved_duties(self) -> tuple[Index, Index, Index]:
        """Importer, exporter and sector of each duty that is set or added to."""
        moved = self.duty_points != 0.0
        if any(self.duty_level.strides):
            moved |= ~np.isnan(self.duty_level)
        n, i, s = np.unravel_index(np.flatnonzero(moved), moved.shape)
        return n, i, s

    def _unused(self, name: str) -> str:
        """Return `name`, counted on when a limit has it already."""
        taken = {limit.name for limit in self.limits}
        names = (name if at == 1 else f"{name} ({at})" for at in count(1))
        return next(fresh for fresh in names if fresh not in taken)

    def _flows(self, importer: Codes, exporter: Codes, sector: Codes) -> Mask:
        return flow_mask(self.economies, self.sectors, (importer, exporter, sector))

    def _cells_by_use(
        self, importer: Codes, exporter: Codes, sector: Codes, use: Use | None
    ) -> Mask:
        cells = self._flows(importer, exporter, sector)
        return np.stack([cells & (use in (None, name)) for name in USES])


def used(instrument: Array | Mask) -> bool:
    """Whether any cell is not zero; an instrument that no verb has touched is a single number."""
    return bool(instrument.any() if any(instrument.strides) else instrument.flat[0])


def _check_rate(verb: str, rate: float, *, above: float) -> None:
    if not np.isfinite(rate) or rate <= above:
        raise InputError(f"{verb}: rate {rate} must be a finite number above {above:g}")
