"""`parley duties`."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parley.cli._record import AsJson, Clock, Known, NoShipped, Profile, Where, parse_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from rich.table import Table

duties = typer.Typer(
    help="What is charged on what, on any date, as known on any date.", no_args_is_help=True
)
Day = Annotated[date, typer.Argument(parser=parse_day, metavar="DATE", help="The day asked for.")]
Partner = Annotated[
    str | None, typer.Option("--partner", metavar="CODE", help="Goods of this partner alone: CHN.")
]


@duties.command("on")
def on_command(  # noqa: PLR0913 - the options of one command
    day: Day,
    importer: Annotated[
        str, typer.Option("--importer", metavar="CODE", help="Who charges the duty.")
    ] = "USA",
    partner: Partner = None,
    by: Annotated[
        Literal["authority", "measure", "hs2", "sector", "partner"],
        typer.Option("--by", help="What the average is split by."),
    ] = "authority",
    known: Known = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    where: Where = None,
    no_shipped: NoShipped = False,
    as_json: AsJson = False,
) -> None:
    """Print the average duty on a day, at the weights of 2024.

    An importer without trade weights gets its headline rates, with the scope assumed.

    Example: `parley duties on 2025-04-10 --partner CHN --by hs2`
    """
    from parley import duties as station
    from parley.cli._console import results
    from parley.cli._record import open_record

    with open_record(where, no_shipped=no_shipped) as record:
        station.require_covered(record, day, importer=importer)
        if importer != "USA":
            rates = station.headline(
                record, day, partner or "USA", importer=importer, known=known, clock=clock,
                profile=profile,
            )  # fmt: skip
            parts = {one.measure: one.percent for one in rates}
            whole, spans, missing = sum(parts.values()), {}, {}
            concept = station.LABEL
            single = [one.measure for one in rates if one.single_source]
        else:
            found = station.on(record, day, known=known, clock=clock, profile=profile)
            split = found.average(by=by, partner=partner)
            whole_or_parts = found.average(partner=partner)
            assert isinstance(split, dict)
            assert isinstance(whole_or_parts, float)
            parts, whole, single = split, whole_or_parts, list(found.single_source)
            spans = {"all": found.span(partner=partner)}
            if by in ("partner", "sector", "hs2"):
                spans |= found.span(by=by, partner=partner)
            concept, missing = found.concept, found.missing(partner)
    if as_json:
        _print_json(
            {"on": day, "known": known, "total": whole, "span": spans.get("all"), by: parts,
             "spans": spans, "one_source": single, "not_computed": missing, "concept": concept}
        )  # fmt: skip
        return
    results().print(_averages(by, {**parts, "all": whole}, spans=spans, single=single))
    typer.echo(f"Concept: {concept}.")
    _say_missing(missing)


@duties.command("entry")
def entry_command(  # noqa: PLR0913 - the options of one command
    hts: Annotated[str, typer.Argument(metavar="HTS", help="HTS number, 8 or 10 digits.")],
    origin: Annotated[str, typer.Option("--origin", metavar="CODE", help="Country of origin.")],
    value: Annotated[str, typer.Option("--value", metavar="USD", help="Customs value.")],
    day: Annotated[
        date, typer.Option("--date", parser=parse_day, metavar="DATE", help="Day of entry.")
    ],
    claim: Annotated[
        list[str] | None,
        typer.Option(
            "--claim", metavar="HEADING", help="Heading by which an exemption is claimed."
        ),
    ] = None,
    quantity: Annotated[
        float | None, typer.Option("--quantity", help="In the unit of the column-1 rate.")
    ] = None,
    usmca: Annotated[bool, typer.Option("--usmca", help="The entry claims USMCA.")] = False,
    use_share: Annotated[
        float | None,
        typer.Option("--use-share", help="For civil aircraft or medicines, share of value."),
    ] = None,
    over_quota: Annotated[
        bool, typer.Option("--over-quota", help="The entry comes beyond a quota.")
    ] = False,
    loaded: Annotated[
        date | None,
        typer.Option("--loaded", parser=parse_day, metavar="DATE", help="Day of loading."),
    ] = None,
    metal_share: Annotated[
        float | None, typer.Option("--metal-share", help="Steel or aluminium, share of value.")
    ] = None,
    known: Known = None,
    profile: Profile = "legal",
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Print the duty on one US customs entry, layer by layer, each with its law.

    Example: `parley duties entry 7326.90.8688 --origin CHN --value 14172 --date 2026-09-10`
    """
    from parley import duties as station
    from parley.cli._console import results
    from parley.cli._record import open_record, parties_of, table

    codes = parties_of(origin)
    if codes is None or len(codes) != 1:
        raise typer.BadParameter(f"--origin {origin!r}: name one country")
    with open_record(where) as record:
        station.require_covered(record, day)
        found = station.entry(
            record,
            hts,
            codes[0],
            value,
            day,
            claims=claim or (),
            quantity=quantity,
            usmca=usmca,
            metal_share=metal_share,
            use_share=use_share,
            over_quota=over_quota,
            loaded=loaded,
            known=known,
            profile=profile,
        )
    if as_json:
        lines = [
            {
                "measure": line.measure,
                "law": line.law,
                "rate": line.rate,
                "duty": str(line.duty),
                "note": line.note,
            }
            for line in found.lines
        ]
        _print_json(
            {"hts": hts, "origin": origin, "on": day, "lines": lines, "total": str(found.total),
             "complete": found.complete, "not_computed": found.not_computed}
        )  # fmt: skip
        return
    rows = table("measure", "law", "rate, %", "duty, USD", "")
    for line in found.lines:
        rows.add_row(line.title, line.law, f"{100 * line.rate:.4g}", f"{line.duty:,.2f}", line.note)
    rows.add_row(
        "total" if found.complete else "total of what is computed", "", "", f"{found.total:,.2f}"
    )
    results().print(rows)
    _say_missing(found.not_computed)


@duties.command("series")
def series_command(  # noqa: PLR0913 - the options of one command
    start: Annotated[
        date, typer.Option("--from", parser=parse_day, metavar="DATE", help="First day.")
    ],
    end: Annotated[
        date | None,
        typer.Option(
            "--to", parser=parse_day, metavar="DATE", help="First day after; today without it."
        ),
    ] = None,
    partner: Partner = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw it: a .html, .svg or .png file."),
    ] = None,
    known: Known = None,
    clock: Clock = "published",
    profile: Profile = "legal",
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Print the average US duty by authority on each stretch of days.

    Example: `parley duties series --from 2025-01-01 --to 2027-01-01 --partner CHN --plot duty.png`
    """
    from parley import duties as station
    from parley.cli._console import results
    from parley.cli._record import open_record, table

    if plot is not None:
        from parley.brief.charts import check_file

        check_file(plot)
    with open_record(where) as record:
        station.require_covered(record, start)
        frame = station.series(
            record, start, end or date.today(), partner=partner, known=known, clock=clock,
            profile=profile,
        )  # fmt: skip
        if plot is not None:
            from parley.brief.charts import duties_over_time, save

            rounds = record.rounds(between=("USA", "CHN"))
            save(duties_over_time(frame, rounds, partner=partner), plot)
    if as_json:
        typer.echo(frame.to_json(orient="records", date_format="iso"))
        _say_missing(frame.attrs["not_computed"], err=True)
        return
    rows = table("from", "until", "total, %", "of which")
    for row in frame.to_dict("records"):
        parts = ", ".join(
            f"{name} {points:z.2f}"
            for name, points in row.items()
            if name not in ("from", "until", "total") and points
        )
        rows.add_row(str(row["from"]), str(row["until"]), f"{row['total']:.2f}", parts)
    results().print(rows)
    _say_missing(frame.attrs["not_computed"])


@duties.command("diff")
def diff_command(
    day: Annotated[
        date, typer.Option("--on", parser=parse_day, metavar="DATE", help="The day asked for.")
    ],
    known: Annotated[
        list[str] | None,
        typer.Option("--known", metavar="DATE", help="Give it twice to compare two days."),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="legal or collected: give both to compare the law with what customs took.",
        ),
    ] = None,
    partner: Partner = None,
    where: Where = None,
) -> None:
    """Print by measure how two accounts of the duties on one day differ.

    They differ in what was known, or in the law against what customs collected.

    Example: `parley duties diff --on 2025-08-20 --known 2025-05-13 --known 2025-08-12`
    """
    from parley import duties as station
    from parley.cli._console import results
    from parley.cli._record import open_record, table

    days: list[date | None] = [parse_day(text) for text in known or ()]
    profiles = [_profile(text) for text in profile or ("legal",)]
    if sorted((len(days), len(profiles))) not in ([0, 2], [1, 2]):
        raise typer.BadParameter("give --known twice, or --profile twice")
    sides, heads = [], []
    with open_record(where) as record:
        station.require_covered(record, day)
        for one in days or [None]:
            for of in profiles:
                found = station.on(record, day, known=one, profile=of)
                parts = found.average(by="measure", partner=partner)
                assert isinstance(parts, dict)
                sides.append(parts)
                heads.append(f"known {one}" if len(days) == 2 else of)
    rows = table("measure", *(f"{head}, %" for head in heads), "points")
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = (side.get(name, 0.0) for side in sides)
        if abs(after - before) > 5e-5:
            rows.add_row(name, f"{before:z.2f}", f"{after:z.2f}", f"{after - before:+z.2f}")
    totals = [sum(side.values()) for side in sides]
    rows.add_row("all", *(f"{one:.2f}" for one in totals), f"{totals[1] - totals[0]:+z.2f}")
    results().print(rows)


@duties.command("build")
def build_command(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="Census and USITC files.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the tables go.")],
) -> None:
    """Make the tables of rate classes anew from Census files.

    Example: `parley duties build census-2024 tables`
    """
    from parley import duties as station

    for name, rows in station.build(source, out).items():
        typer.echo(f"{out / name}: {rows} rows")
    for name, lost in station.unmatched(source).items():
        typer.echo(
            f"{name}: {lost.codes} of {lost.of} codes are in no tariff schedule at hand; the "
            f"imports of their subheadings are ${lost.subheadings_usd / 1e9:.1f} bn"
        )


def _profile(text: str) -> Literal["legal", "collected"]:
    if text == "legal":
        return "legal"
    if text == "collected":
        return "collected"
    raise typer.BadParameter(f"there is no profile {text!r}; choose legal or collected")


def _averages(
    by: str,
    parts: dict[str, float],
    *,
    spans: dict[str, tuple[float, float]],
    single: "Collection[str]",
) -> "Table":
    """Return a table of averages; the columns of bands and of lone sources only where needed."""
    from parley.cli._record import table

    bands = {
        name: f"{low:z.2f} to {high:z.2f}"
        for name, (low, high) in spans.items()
        if f"{low:z.2f}" != f"{high:z.2f}"
    }
    lone = any(name in single for name in parts)
    heads = (["as the shares may be"] if bands else []) + (["rests on"] if lone else [])
    rows = table(by, "duty, %", *heads)
    for name, percent in parts.items():
        cells = [bands.get(name, "")] if bands else []
        cells += ["one source" if name in single else ""] if lone else []
        rows.add_row(name, f"{percent:z.2f}", *cells)
    return rows


def _say_missing(missing: dict[str, str], *, err: bool = False) -> None:
    for name, why in missing.items():
        typer.echo(f"Not computed: {name}: {why}.", err=err)


def _print_json(content: dict[str, object]) -> None:
    typer.echo(json.dumps(content, default=str, ensure_ascii=False, indent=2))
