"""The answer of `parley value` as plain values: what `--json` prints and the tables show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium import Draws, Outcome, Scenario, Spread
    from parley.typing import Array
    from parley.world import World

_LEVEL = 0.90
_BILLION = 1e3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What one horizon says: the draws of the policy and of the state that it is held against."""

    drawn: "Draws"
    rests_on: "dict[str, Array]"  # welfare, (economy,), by change of a choke point's number

    @property
    def outcome(self) -> "Outcome":
        """The equilibrium at the central elasticities."""
        return self.drawn["policy"].outcome

    @property
    def before(self) -> "Outcome | None":
        """The equilibrium that it is held against; None is the base year."""
        policies = self.drawn.policies
        return policies["against"].outcome if "against" in policies else None

    def spread(self, name: str) -> "Spread":
        """Return a result over the draws, less that of the state that it is held against."""
        from parley.equilibrium import Spread

        found: Spread = getattr(self.drawn["policy"], name)
        if self.before is None:
            return found
        other: Spread = getattr(self.drawn["against"], name)
        return Spread(central=found.central - other.central, values=found.values - other.values)


def document(
    asked: "Scenario", world: "World", answers: "Mapping[str, Answer]", *, has_duties: bool
) -> dict[str, Any]:  # Any: JSON values
    """Return the result as plain values: what `--json` prints and the tables show."""
    from parley.equilibrium import NUMERAIRE

    notes = [*world.notes]
    without = world.summary()["goods_trade_without_known_duty"]
    if not has_duties:
        notes.append("All base duties are switched off; points are added to zero.")
    elif isinstance(without, float) and without > 0.0:
        notes.append(
            f"{without:.0%} of goods trade has no base duty with a source; it enters as zero."
        )
    first = next(iter(answers.values())).drawn
    record = asked.from_record
    return {
        "schema": "value/1",
        "scenario": asked.name,
        "world": world.name,
        "closure": asked.closure,
        "base_duties": has_duties,
        "numeraire": NUMERAIRE,
        "interval": _LEVEL,
        "draws": first.count,
        "seed": first.seed,
        "drawn": first.uncertainty.words,
        "from_record": None
        if record is None
        else {
            "on": record.on.isoformat(),
            "against": record.against.isoformat() if record.against else None,
            "between": list(record.between),
            "known": record.known.isoformat() if record.known else None,
        },
        "horizons": {name: _horizon(asked, world, one) for name, one in answers.items()},
        "source": world.source,
        "notes": notes,
    }


def _horizon(asked: "Scenario", world: "World", answer: Answer) -> dict[str, Any]:
    outcome = answer.outcome
    welfare = answer.spread("welfare")
    variation = answer.spread("equivalent_variation_usd_mn")
    changes, by_sector = _changes(answer), _by_sector(answer)
    economies = {
        code: {
            "welfare_pct": 100.0 * float(welfare.central[n]),
            "welfare_pct_interval": _interval(welfare, n, 100.0),
            "equivalent_variation_usd_bn": float(variation.central[n]) / _BILLION,
            "equivalent_variation_usd_bn_interval": _interval(variation, n, 1.0 / _BILLION),
            **{name: float(change[n]) for name, change in changes.items()},
            **{
                name: dict(zip(world.sectors, change[n].tolist(), strict=True))
                for name, change in by_sector.items()
            },
        }
        for n, code in enumerate(world.economies)
    }
    return {
        "elasticities": list(outcome.elasticity_set.sources),
        "residual": outcome.residual,
        "iterations": outcome.iterations,
        "starts_elsewhere": outcome.starts_elsewhere,
        "monte_carlo_error_pct": _error(welfare, 100.0),
        "limits": {name: 100.0 * price for name, price in outcome.shadow_price.items()},
        "economies": economies,
        "pairs": [_pair(answer, *pair) for pair in _pairs(asked, world)],
        "rests_on": {
            change: {code: 100.0 * float(other[n]) for n, code in enumerate(world.economies)}
            for change, other in answer.rests_on.items()
        },
    }


def _changes(answer: Answer) -> "dict[str, Array]":
    """Return measures beside welfare, (economy,), against the base year or the other state."""
    from parley.equilibrium import first_order, real_gdp_hat

    outcome, before = answer.outcome, answer.before
    parts = first_order(outcome)
    sums = {
        "terms_of_trade_pct": 100.0 * parts.terms_of_trade,
        "volume_of_trade_pct": 100.0 * parts.volume_of_trade,
        "revenue_change_usd_bn": (outcome.revenue_usd_mn - outcome.revenue_base_usd_mn) / _BILLION,
        "deficit_change_usd_bn": (outcome.trade_deficit_usd_mn - outcome.world.trade_deficit)
        / _BILLION,
    }
    hats = {
        "real_gdp_pct": real_gdp_hat(outcome),
        "wage_pct": outcome.wage_hat,
        "consumer_prices_pct": outcome.price_index_hat,
    }
    if before is not None:
        earlier = first_order(before)
        sums["terms_of_trade_pct"] = sums["terms_of_trade_pct"] - 100.0 * earlier.terms_of_trade
        sums["volume_of_trade_pct"] = sums["volume_of_trade_pct"] - 100.0 * earlier.volume_of_trade
        sums["revenue_change_usd_bn"] = answer.spread("revenue_usd_mn").central / _BILLION
        moved = outcome.trade_deficit_usd_mn - before.trade_deficit_usd_mn
        sums["deficit_change_usd_bn"] = moved / _BILLION
        hats = {
            "real_gdp_pct": hats["real_gdp_pct"] / real_gdp_hat(before),
            "wage_pct": outcome.wage_hat / before.wage_hat,
            "consumer_prices_pct": outcome.price_index_hat / before.price_index_hat,
        }
    return sums | {name: 100.0 * (hat - 1.0) for name, hat in hats.items()}


def _by_sector(answer: Answer) -> "dict[str, Array]":
    """Return changes by sector in per cent, (economy, sector)."""
    names = {
        "output_pct": "output_hat",
        "employment_pct": "employment_hat",
        "exporter_price_pct": "exporter_price_hat",
        "consumer_price_pct": "consumer_price_hat",
        "producer_cost_pct": "producer_cost_hat",
    }
    found = {}
    for name, field in names.items():
        hat: Array = getattr(answer.outcome, field)
        if answer.before is not None:
            hat = hat / getattr(answer.before, field)
        found[name] = 100.0 * (hat - 1.0)
    return found


def _interval(spread: "Spread", at: int, unit: float) -> list[float]:
    low, high = spread.interval(_LEVEL)
    return [unit * float(low[at]), unit * float(high[at])]


def _error(spread: "Spread", unit: float) -> float | None:
    """Return the largest standard error of an end of the intervals; None where it is not known."""
    import numpy as np

    worst = max(float(np.max(side)) for side in spread.monte_carlo_error(_LEVEL))
    return unit * worst if np.isfinite(worst) else None


def _pairs(asked: "Scenario", world: "World") -> list[tuple[str, str]]:
    """Return the flows between two single economies that the scenario is about."""
    named = [(row.importer, row.exporter) for row in asked.rows]
    if asked.from_record is not None and len(asked.from_record.between) == 2:
        one, other = asked.from_record.between
        named += [(one, other), (other, one)]
    return list(
        dict.fromkeys(
            (importer, exporter)
            for importer, exporter in named
            if importer in world.economies and exporter in world.economies
            if isinstance(importer, str) and isinstance(exporter, str) and importer != exporter
        )
    )


def _pair(answer: Answer, importer: str, exporter: str) -> dict[str, Any]:
    from parley.equilibrium import trade_diverted

    outcome, before = answer.outcome, answer.before
    n, i = outcome.world.economy(importer), outcome.world.economy(exporter)
    diverted = trade_diverted(outcome, importer=importer, exporter=exporter)
    moved = [diverted.between_usd_mn, diverted.from_others_usd_mn, diverted.to_others_usd_mn]
    base = outcome.trade_base_usd_mn.sum(axis=2)
    balance: Array = base.T - base
    start = float(base[n, i])
    if before is not None:
        earlier = trade_diverted(before, importer=importer, exporter=exporter)
        moved[0] -= earlier.between_usd_mn
        moved[1] -= earlier.from_others_usd_mn
        moved[2] -= earlier.to_others_usd_mn
        balance = before.bilateral_balance_usd_mn
        start += earlier.between_usd_mn
    landed = outcome.landed_price_hat[n, i]
    if before is not None:
        landed = landed / before.landed_price_hat[n, i]
    change = float(outcome.bilateral_balance_usd_mn[n, i] - balance[n, i])
    return {
        "importer": importer,
        "exporter": exporter,
        "trade_change_pct": 100.0 * moved[0] / start if start else None,
        "trade_change_usd_bn": moved[0] / _BILLION,
        "importer_buys_from_others_usd_bn": moved[1] / _BILLION,
        "exporter_sells_to_others_usd_bn": moved[2] / _BILLION,
        "balance_of_importer_change_usd_bn": change / _BILLION,
        "landed_price_pct": {
            sector: 100.0 * (float(price) - 1.0)
            for sector, price in zip(outcome.sectors, landed, strict=True)
        },
    }
