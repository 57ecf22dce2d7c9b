"""The answer of `parley value`: as plain values, and as tables."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.equilibrium import Draws, Outcome, Scenario, Spread
    from parley.typing import Array
    from parley.world import World

_MOVED = 3  # sectors that the table shows for each economy
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
    outcome, before = answer.outcome, answer.before
    welfare = answer.spread("welfare")
    variation = answer.spread("equivalent_variation_usd_mn")
    revenue = answer.spread("revenue_usd_mn").central
    output = outcome.output_hat
    if before is None:
        revenue = revenue - outcome.revenue_base_usd_mn
    else:
        output = output / before.output_hat
    economies = {
        code: {
            "welfare_pct": 100.0 * float(welfare.central[n]),
            "welfare_pct_interval": _interval(welfare, n, 100.0),
            "equivalent_variation_usd_bn": float(variation.central[n]) / _BILLION,
            "equivalent_variation_usd_bn_interval": _interval(variation, n, 1.0 / _BILLION),
            "revenue_change_usd_bn": float(revenue[n]) / _BILLION,
            "output_pct": {
                sector: 100.0 * (float(output[n, s]) - 1.0)
                for s, sector in enumerate(world.sectors)
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
    change = float(outcome.bilateral_balance_usd_mn[n, i] - balance[n, i])
    return {
        "importer": importer,
        "exporter": exporter,
        "trade_change_pct": 100.0 * moved[0] / start if start else None,
        "trade_change_usd_bn": moved[0] / _BILLION,
        "importer_buys_from_others_usd_bn": moved[1] / _BILLION,
        "exporter_sells_to_others_usd_bn": moved[2] / _BILLION,
        "balance_of_importer_change_usd_bn": change / _BILLION,
    }


def show(found: dict[str, Any]) -> None:
    """Print the answer as tables."""
    from parley.cli._console import results

    console = results()
    title = f"{found['scenario']} on {found['world']}, {found['closure']} deficits"
    console.print(title, style="bold", markup=False)
    record = found["from_record"]
    if record is not None:
        against = record["against"] or "the base year"
        console.print(f"Duties of the record on {record['on']}, held against {against}.")
    for name, horizon in found["horizons"].items():
        console.print(f"{name} horizon", style="bold")
        _show_economies(horizon)
        _show_pairs(horizon)
        for limit, price in horizon["limits"].items():
            console.print(f"limit {limit}: raises the price by {price:.1f} %", markup=False)
        for line in (*_rests_on(horizon), _exactness(horizon, found["draws"])):
            console.print(line, markup=False)
    console.print(
        "welfare %: equivalent variation over base-year income; USD bn: the same a year; revenue: "
        "change, USD bn a year."
    )
    console.print(f"{found['draws']} draws, seed {found['seed']}: {found['drawn']}.", markup=False)
    console.print(found["source"], markup=False)
    for note in found["notes"]:
        console.print(note, markup=False)


def _show_economies(horizon: dict[str, Any]) -> None:
    from rich.table import Table

    from parley.cli._console import results

    table = Table("", box=None, pad_edge=False)
    for column in ("welfare %", "90 % interval", "USD bn", "revenue"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("output, % (largest moves)", no_wrap=True)
    for code, row in horizon["economies"].items():
        low, high = row["welfare_pct_interval"]
        table.add_row(
            code,
            f"{row['welfare_pct']:+.2f}",
            f"{low:+.2f} to {high:+.2f}",
            f"{row['equivalent_variation_usd_bn']:+.1f}",
            f"{row['revenue_change_usd_bn']:+.1f}",
            _most_moved(row["output_pct"]),
        )
    results().print(table)


def _show_pairs(horizon: dict[str, Any]) -> None:
    from rich.table import Table

    from parley.cli._console import results

    if not horizon["pairs"]:
        return
    table = Table("imports of", "from", box=None, pad_edge=False)
    for column in ("%", "USD bn", "buys from others", "sells to others", "balance"):
        table.add_column(column, justify="right", no_wrap=True)
    for row in horizon["pairs"]:
        percent = row["trade_change_pct"]
        table.add_row(
            row["importer"],
            row["exporter"],
            "" if percent is None else f"{percent:+.1f}",
            f"{row['trade_change_usd_bn']:+.1f}",
            f"{row['importer_buys_from_others_usd_bn']:+.1f}",
            f"{row['exporter_sells_to_others_usd_bn']:+.1f}",
            f"{row['balance_of_importer_change_usd_bn']:+.1f}",
        )
    results().print(table)


def _rests_on(horizon: dict[str, Any]) -> list[str]:
    """Return what the numbers of a choke point decide, for the economies that move most."""
    economies = horizon["economies"]
    lines = []
    for change, welfare in horizon["rests_on"].items():
        moved = {code: welfare[code] - row["welfare_pct"] for code, row in economies.items()}
        ranked = sorted(moved, key=lambda code: -abs(moved[code]))[:_MOVED]
        said = ", ".join(
            f"{code} {economies[code]['welfare_pct']:+.3f} becomes {welfare[code]:+.3f}"
            for code in ranked
        )
        lines.append(f"with {change}: welfare % of {said}")
    return lines


def _exactness(horizon: dict[str, Any], draws: int) -> str:
    error = horizon["monte_carlo_error_pct"]
    if error is None:
        return f"{draws} draws are too few to say how well the ends of the intervals are known."
    return f"The ends of the welfare intervals are known to {error:.3f} points (standard error)."


def _most_moved(output: dict[str, float]) -> str:
    ranked = sorted(output.items(), key=lambda pair: -abs(pair[1]))[:_MOVED]
    return "  ".join(f"{sector} {change:+.1f}" for sector, change in ranked)
