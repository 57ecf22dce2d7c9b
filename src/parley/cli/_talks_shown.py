"""The answers of `parley talks` on the screen."""

from typing import Any

from parley.cli._by_table import NOTHING_TO_KEEP, afterwards, needs_of

_SHOWN = 8  # concessions of each side
WALK_AWAY = {
    "nash": "the trade war",
    "status-quo": "the status quo",
    "without-deal": "what returns without a deal",
}


def print_talks(document: dict[str, Any]) -> None:  # Any: JSON values
    """Print the answers, what is not priced and what they rest on."""
    from rich.table import Table

    from parley.cli import _on_the_table, _talks_over_draws
    from parley.cli._console import results

    console = results()
    first, second = document["parties"]
    title = (
        f"{first} and {second}: {document['scenario']} on {document['world']}, "
        f"{document['horizon']} horizon"
    )
    console.print(title, style="bold", markup=False)
    _on_the_table.print_table(document["table"])
    table = Table("", box=None, pad_edge=False)
    for column in (f"{first}, USD bn", "%", f"{second}, USD bn", "%"):
        table.add_column(column, justify="right", no_wrap=True)
    lines = [("status quo", document["status_quo"])]
    if "without_deal" in document:
        lines.append(("without a deal", document["without_deal"]))
    wars = document.get("nash", [])
    lines += [(f"trade war {at}" if len(wars) > 1 else "trade war", war["worth"])
              for at, war in enumerate(wars, 1)]  # fmt: skip
    if "bargain" in document:
        lines.append(("bargain", document["bargain"]["worth"]))
    for name, worth in lines:
        table.add_row(
            name,
            *(f"{worth[code][key]:+.2f}" for code in (first, second)
              for key in ("usd_bn", "welfare_pct")),
        )  # fmt: skip
    console.print(table)
    for sentence in _sentences(document):
        console.print(sentence, markup=False)
    _talks_over_draws.print_gains(document.get("gains"))
    if "concessions" in document:
        _print_concessions(document["concessions"])
    _on_the_table.print_liftings(document.get("liftings", []))
    if "items" in document:
        _on_the_table.print_items(document["items"])
    _on_the_table.print_not_priced(document["table"]["not_priced"])
    console.print("USD bn: equivalent variation a year against the base year.")
    console.print(document["source"], markup=False)
    for note in document["notes"]:
        console.print(note, markup=False)


def _sentences(document: dict[str, Any]) -> list[str]:
    said = []
    wars = document.get("nash", [])
    for at, war in enumerate(wars, 1):
        duties = ", ".join(f"{code} {duty:.0f} %" for code, duty in war["median_duty_pct"].items())
        left = war["first_order_gain_left"]
        name = f"Trade war {at}" if len(wars) > 1 else "Trade war"
        said.append(
            f"{name}: median duties {duties}, in all, base duties included; at most {left:.0e} "
            "left to gain alone, to first order."
        )
    said += _several(wars)
    if wars:
        said += _grown("trade war" if len(wars) == 1 else "trade war 1", wars[0]["far_from_base"])
    if "bargain" in document:
        bargain = document["bargain"]
        threat = WALK_AWAY[bargain["walk_away"]]
        duties = ", ".join(
            f"{code} {duty:.1f} %" for code, duty in bargain["mean_duty_pct"].items()
        )
        said.append(
            f"Bargain: both gain {bargain['gain_pct']:.3f} % over {threat}; mean duties {duties}."
            if bargain["is_deal"]
            else f"Bargain: no duties within the bounds give both more than {threat}."
        )
    if "holds" in document and not document["holds"]["sides"]:
        said.append(NOTHING_TO_KEEP)
    said += [_holding_sentence(side) for side in document.get("holds", {}).get("sides", [])]
    return said


def _several(wars: list[dict[str, Any]]) -> list[str]:
    """Say which of several wars everything else rests on."""
    if len(wars) < 2:
        return []
    first = wars[0]["starts"][0]
    start = "what is charged now" if first == "status quo" else first
    return [
        f"Trade wars 1 to {len(wars)} are several equilibria of one game. The bargain and what "
        f"holds rest on trade war 1, the one that a search from {start} ends in."
    ]


def _grown(name: str, rows: list[dict[str, Any]]) -> list[str]:
    return [
        f"Far from the data: in the {name} the two trade USD {row['usd_bn']:,.1f} bn of "
        f"{row['title']} ({row['sector']}) with each other, against {row['base_usd_bn']:,.1f} in "
        f"the base year, on a trade elasticity of {row['elasticity']:.4g}: what is gained there "
        "is an extrapolation."
        for row in rows
    ]


def _holding_sentence(side: dict[str, Any]) -> str:
    needs = needs_of(side["verdict"], side["least_discount_factor"])
    other = (
        "The other side gains by answering."
        if side["punishment_pays_the_other"]
        else "The other side loses by answering: the threat is not credible."
    )
    much = f"{abs(side['punishment_cost_pct']):.3f} % a year"
    after = afterwards(much, side["pays_to_be_punished"])
    return (
        f"{side['party']} would gain {side['breach_gain_pct']:.3f} % a year by its best breach of "
        f"the bargain and {after}: {needs}. {other}"
    )


def _print_concessions(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from parley.cli._console import results

    console = results()
    console.print("What a cut of one point brings, USD mn a year", style="bold")
    table = Table("duty of", "on", box=None, pad_edge=False)
    for column in ("now, %", "its owner", "the other"):
        table.add_column(column, justify="right", no_wrap=True)
    for owner in dict.fromkeys(row["owner"] for row in rows):
        for row in [row for row in rows if row["owner"] == owner][:_SHOWN]:
            table.add_row(
                owner,
                row["sector"],
                f"{row['duty_pct']:.1f}",
                f"{row['owner_gain_usd_mn']:+.1f}",
                f"{row['partner_gain_usd_mn']:+.1f}",
            )
    console.print(table)
