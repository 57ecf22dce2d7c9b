"""An instrument: a policy variable that one party controls, and how a setting becomes a policy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from parley.errors import InputError
from parley.world import economies_of

if TYPE_CHECKING:
    from parley.equilibrium import Policy, Use
    from parley.world import World

InstrumentKind: TypeAlias = Literal[
    "duty",  # ad valorem level on imports, fraction of the price at the border
    "duty_points",  # points added to the base duty of the world, fraction
    "export_tax",  # fraction of the producer's price
    "quota",  # on imports: share of the base-year flow; infinite is no limit
    "cap",  # on exports, by licences: the same
    "import_ban",  # 1 is banned, 0 is not
    "export_ban",
]
KINDS: tuple[InstrumentKind, ...] = get_args(InstrumentKind)
DUTIES = ("duty", "duty_points")
LIMITS = ("quota", "cap")
BANS = ("import_ban", "export_ban")
ON_EXPORTS = ("export_tax", "cap", "export_ban")  # of the owner, to the partners
LEAST = 0.01  # of the base-year flow: how tight a limit is negotiated when nobody says

_WORDS = {
    "duty": "duty on",
    "duty_points": "additional duty on",
    "export_tax": "export tax to",
    "quota": "quota on imports from",
    "cap": "cap on exports to",
    "import_ban": "ban on imports from",
    "export_ban": "ban on exports to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A duty, export tax, quota, cap or ban of `owner` against its partners.

    The unit of `setting`, `low` and `high` depends on `kind`: a fraction of the price for duties
    and taxes; the share of the base-year flow that may pass for quotas and caps, infinite
    for no limit; 1 (banned) or 0 for bans.
    """

    owner: str  # party code, EUU for the members in the world
    partners: tuple[str, ...]  # party codes
    kind: InstrumentKind
    setting: float  # now
    low: float
    high: float
    sectors: tuple[str, ...] = ()  # () is all goods of the world
    use: Use | None = None  # None is both uses; quotas, caps and bans alone can tell them apart
    rent: str = ""  # of a quota or cap; "" is importer for a quota, exporter for a cap
    measures: tuple[str, ...] = ()  # ids of the record's entries behind `setting`
    source: str = ""  # where `setting` comes from
    name: str = ""  # unique at a table; made of the fields above when left out

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self._made_name())
        if self.kind not in KINDS:
            raise InputError(f"{self.name}: no instrument {self.kind!r}; there are {KINDS}")
        if not self.partners or self.owner in self.partners:
            raise InputError(f"{self.name}: name partners other than {self.owner}")
        if self.use is not None and self.kind not in (*LIMITS, *BANS):
            raise InputError(f"{self.name}: a {self.kind} falls on both uses; leave out use")
        self._check_range()

    @property
    def is_limit(self) -> bool:
        """Whether a lower setting restricts more."""
        return self.kind in LIMITS

    @property
    def is_on_exports(self) -> bool:
        """Whether it falls on what the owner sells, and not on what it buys."""
        return self.kind in ON_EXPORTS

    @property
    def none(self) -> float | None:
        """The setting that changes nothing, whatever else is set; None for a level of duty."""
        if self.kind == "duty":
            return None
        return math.inf if self.is_limit else 0.0

    def checked(self, setting: float) -> float:
        """Return `setting`, or raise `InputError` where the instrument cannot take it.

        Bounds are those of the negotiation, not of what can be computed: a walk-away point may
        lie beyond them.
        """
        legal = {
            "duty": setting > -1.0,
            "export_tax": setting > -1.0,
            "quota": setting > 0.0,
            "cap": setting > 0.0,
            "import_ban": setting in (0.0, 1.0),
            "export_ban": setting in (0.0, 1.0),
        }.get(self.kind, True)
        if not legal or math.isnan(setting) or (math.isinf(setting) and setting != self.none):
            raise InputError(f"{self.name}: {setting:g} is no setting of a {self.kind}")
        return setting

    def breaches(self, agreed: float) -> tuple[float, float]:
        """Return the bounds between which a setting restricts at least as much as `agreed`.

        A deal is a set of ceilings on what each party does to the other: to do less than agreed
        is no breach.
        """
        if self.is_limit:
            return min(self.low, agreed), agreed
        return agreed, max(self.high, agreed)

    def applied(self, policy: Policy, world: World, setting: float) -> Policy:
        """Return `policy` with the instrument at `setting`.

        Raises
        ------
        LabelError
            When a party or sector is not in the world.
        """
        setting = self.checked(setting)
        own = economies_of(world, self.owner)
        others = tuple(code for one in self.partners for code in economies_of(world, one))
        importer, exporter = (others, own) if self.is_on_exports else (own, others)
        sector = self.sectors or world.goods or world.sectors
        match self.kind:
            case "duty":
                return policy.set_duty(
                    importer=importer, exporter=exporter, sector=sector, rate=setting
                )
            case "duty_points":
                return policy.add_duty(
                    importer=importer, exporter=exporter, sector=sector, rate=setting
                )
            case "export_tax":
                return policy.add_export_tax(
                    importer=importer, exporter=exporter, sector=sector, rate=setting
                )
            case "quota" | "cap":
                if math.isinf(setting):
                    return policy
                limit = policy.quota if self.kind == "quota" else policy.cap
                return limit(
                    importer=importer,
                    exporter=exporter,
                    sector=sector,
                    share=setting,
                    rent=self.rent or ("importer" if self.kind == "quota" else "exporter"),
                    use=self.use,
                )
            case _:
                if not setting:
                    return policy
                return policy.ban(importer=importer, exporter=exporter, sector=sector, use=self.use)

    def _made_name(self) -> str:
        goods = f", {' '.join(self.sectors)}" if self.sectors else ""
        use = f" ({self.use} use)" if self.use else ""
        return f"{self.owner} {_WORDS.get(self.kind, '')} {' '.join(self.partners)}{goods}{use}"

    def _check_range(self) -> None:
        for value in (self.setting, self.low, self.high):
            self.checked(value)
        if not self.low <= self.setting <= self.high:
            raise InputError(
                f"{self.name}: setting {self.setting:g} is outside its bounds {self.low:g} to "
                f"{self.high:g}"
            )
