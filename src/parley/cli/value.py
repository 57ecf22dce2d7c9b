"""`parley value`: what a change to the terms of trade is worth, and to whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parley.equilibrium import PolicyDraws, Scenario
    from parley.world import World

_MOVED = 3  # sectors that the table shows for each economy
_LEVEL = 0.90


def value(
    scenario: Annotated[Path, typer.Argument(help="A scenario, as TOML.")],
    draws: Annotated[
        int, typer.Option("--draws", min=1, help="Draws of the elasticities for the interval.")
    ] = 200,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 1,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes at work.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Solve a what-if and show who gains and loses, by economy and sector.

    Example: `parley value truce.toml`
    """
    from parley import equilibrium
    from parley.cli._console import print_json, progress

    asked = equilibrium.read_scenario(scenario_text(scenario), name=scenario.name)
    world = equilibrium.scenario_world(asked)
    policy = equilibrium.scenario_policy(asked, world)
    found = {}
    for horizon in asked.horizons:
        with progress(f"{horizon} horizon", total=draws) as step:
            found[horizon] = equilibrium.draws(
                world,
                {"policy": policy},
                count=draws,
                seed=seed,
                horizon=horizon,
                closure=asked.closure,
                elasticities=equilibrium.scenario_elasticities(asked, world, horizon),
                workers=workers,
                on_result=advancing(step),
            )["policy"]
    document = _document(asked, world, found) | {"draws": draws, "seed": seed}
    if as_json:
        print_json(document)
    else:
        _print(document)


def advancing(step: "Callable[[], None]") -> "Callable[[int], None]":
    """Return a listener that takes the count done so far and moves the bar up to it."""
    shown = 0

    def listen(done: int) -> None:
        nonlocal shown
        for _ in range(done - shown):
            step()
        shown = done

    return listen


def scenario_text(file: Path) -> str:
    """Return the text of a scenario file, or say what is wrong with the file."""
    if not file.is_file():
        raise InputError(f"{file}: there is no such scenario file")
    content = file.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _document(
    asked: "Scenario", world: "World", found: "Mapping[Literal['long', 'short'], PolicyDraws]"
) -> dict[str, Any]:  # Any: JSON values
    """Return the result as plain values: what `--json` prints and the tables show."""
    notes = [*world.notes]
    without = world.summary()["goods_trade_without_known_duty"]
    if isinstance(without, float) and without > 0.0:
        notes.append(
            f"{without:.0%} of goods trade has no base duty with a source; it enters as zero."
        )
    return {
        "schema": "value/1",
        "scenario": asked.name,
        "world": world.name,
        "closure": asked.closure,
        "interval": _LEVEL,
        "horizons": {name: _horizon(world, drawn) for name, drawn in found.items()},
        "source": world.source,
        "notes": notes,
    }


def _horizon(world: "World", drawn: "PolicyDraws") -> dict[str, Any]:  # Any: JSON values
    outcome = drawn.outcome
    low, high = drawn.welfare.interval(_LEVEL)
    ev_low, ev_high = drawn.equivalent_variation_usd_mn.interval(_LEVEL)
    revenue = outcome.revenue_usd_mn - outcome.revenue_base_usd_mn
    economies = {
        code: {
            "welfare_pct": 100.0 * float(outcome.welfare[n]),
            "welfare_pct_interval": [100.0 * float(low[n]), 100.0 * float(high[n])],
            "equivalent_variation_usd_bn": float(outcome.equivalent_variation_usd_mn[n]) / 1e3,
            "equivalent_variation_usd_bn_interval": [
                float(ev_low[n]) / 1e3,
                float(ev_high[n]) / 1e3,
            ],
            "revenue_change_usd_bn": float(revenue[n]) / 1e3,
            "output_pct": {
                sector: 100.0 * (float(outcome.output_hat[n, s]) - 1.0)
                for s, sector in enumerate(world.sectors)
            },
        }
        for n, code in enumerate(world.economies)
    }
    return {
        "elasticities": list(outcome.elasticity_set.sources),
        "residual": outcome.residual,
        "iterations": outcome.iterations,
        "limits": {name: 100.0 * price for name, price in outcome.shadow_price.items()},
        "economies": economies,
    }


def _print(document: dict[str, Any]) -> None:  # Any: JSON values
    from rich.table import Table

    from parley.cli._console import results

    console = results()
    console.print(
        f"{document['scenario']} on {document['world']}, {document['closure']} deficits",
        style="bold",
        markup=False,
    )
    for name, horizon in document["horizons"].items():
        console.print(f"{name} horizon", style="bold")
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
        console.print(table)
        for limit, price in horizon["limits"].items():
            console.print(f"limit {limit}: raises the price by {price:.1f} %", markup=False)
    console.print("USD bn: equivalent variation a year; revenue: change, USD bn a year.")
    console.print(f"{document['draws']} draws of the elasticities, seed {document['seed']}")
    console.print(document["source"], markup=False)
    for note in document["notes"]:
        console.print(note, markup=False)


def _most_moved(output: dict[str, float]) -> str:
    ranked = sorted(output.items(), key=lambda pair: -abs(pair[1]))[:_MOVED]
    return "  ".join(f"{sector} {change:+.1f}" for sector, change in ranked)
