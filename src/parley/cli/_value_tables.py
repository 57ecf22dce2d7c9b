"""The answer of `parley value` as tables."""

from typing import Any

_MOVED = 3  # sectors that the table shows for each economy

# Any below: JSON values.


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
        "change, USD bn a year. Imports: goods and services, before duty."
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
            f"{row['welfare_pct']:+z.2f}",
            f"{low:+z.2f} to {high:+z.2f}",
            f"{row['equivalent_variation_usd_bn']:+z.1f}",
            f"{row['revenue_change_usd_bn']:+z.1f}",
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
            "" if percent is None else f"{percent:+z.1f}",
            f"{row['trade_change_usd_bn']:+z.1f}",
            f"{row['importer_buys_from_others_usd_bn']:+z.1f}",
            f"{row['exporter_sells_to_others_usd_bn']:+z.1f}",
            f"{row['balance_of_importer_change_usd_bn']:+z.1f}",
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
            f"{code} {economies[code]['welfare_pct']:+z.3f} becomes {welfare[code]:+z.3f}"
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
    return "  ".join(f"{sector} {change:+z.1f}" for sector, change in ranked)
