"""The gains of `parley talks` over draws of what is not known, each with its interval."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parley.cli._on_the_table import Talk
    from parley.equilibrium import Policy

_BILLION = 1e3
_LEVEL = 0.90
_CALLED = {
    "status quo": "the status quo",
    "without a deal": "what returns without a deal",
    "trade war": "the trade war",
    "bargain": "the bargain",
}
_STABLE = 0.95  # of the draws have the sign of the point


def gains(
    talk: "Talk", policies: "Mapping[str, Policy]", *, count: int, seed: int, workers: int
) -> dict[str, Any]:  # Any: JSON values
    """Return what each policy brings over the status quo, and the bargain over the war."""
    from parley import equilibrium, talks
    from parley.cli._console import progress
    from parley.cli.value import advancing

    with progress("draws", total=count) as step:
        drawn = equilibrium.draws(
            talk.world,
            policies,
            count=count,
            seed=seed,
            closure=talk.payoffs.model.closure,
            elasticities=talk.payoffs.elasticities,
            uncertainty=talk.uncertainty,
            workers=workers,
            on_result=advancing(step),
        )
    pairs = [(name, "status quo") for name in policies if name != "status quo"]
    if {"bargain", "trade war"} <= policies.keys():
        pairs.append(("bargain", "trade war"))
    parties = talk.table.parties
    return {
        "draws": count,
        "seed": seed,
        "interval": _LEVEL,
        "drawn": talk.uncertainty.words,
        "rows": [
            {
                "of": of,
                "over": over,
                "party": one.party,
                "usd_mn": [one.point, one.low, one.high],
                "monte_carlo_error_usd_mn": one.monte_carlo_error,
                "well_drawn": one.is_well_drawn,
                "same_sign": one.same_sign,
            }
            for of, over in pairs
            for one in talks.gains(drawn, talk.world, parties, of=of, over=over, level=_LEVEL)
        ],
    }


def print_gains(found: dict[str, Any] | None) -> None:  # Any: JSON values
    """Print one sentence for each gain; where its sign is not stable the sentence says so."""
    from parley.cli._console import results

    if found is None:
        return
    console = results()
    console.print(f"Over {found['draws']} draws (seed {found['seed']})", style="bold")
    for row in found["rows"]:
        console.print(_sentence(row), markup=False)
    console.print(
        f"In brackets: 90 % of the draws. Drawn: {found['drawn']}. Settings stay as computed at "
        "the central values.",
        markup=False,
    )


def _sentence(row: dict[str, Any]) -> str:
    point, low, high = (value / _BILLION for value in row["usd_mn"])
    of, over = _CALLED[row["of"]], _CALLED[row["over"]]
    words = (
        f"{of[0].upper()}{of[1:]} brings {row['party']} USD {point:+.1f} bn a year over {over} "
        f"[{low:+.1f}; {high:+.1f}]"
    )
    if row["same_sign"] < _STABLE:
        words += f"; the sign is not stable: it is the same in {row['same_sign']:.0%} of the draws"
    if not row["well_drawn"]:
        words += "; too few draws for this interval"
    return words + "."
