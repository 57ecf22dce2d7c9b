"""`parley talks`: what is on the table of two sides, what they could agree on, and keep."""

import math
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from parley.cli._record import Known, Where, parse_day
from parley.errors import InputError

if TYPE_CHECKING:
    from parley.cli._on_the_table import Talk
    from parley.equilibrium import Outcome, Policy
    from parley.talks import Cooperation, Temptation, War

_QUESTIONS = ("nash", "bargain", "holds", "concessions", "items")
_ALL_QUESTIONS = (*_QUESTIONS, "frontier")
_PARTIES = 2
_BILLION = 1e3
_FAR = 10.0  # times the trade of the base year


def talks(  # noqa: PLR0913 - the options of one command
    between: Annotated[str, typer.Option("--between", help="Two economies, as in USA,CHN.")],
    scenario: Annotated[
        Path | None, typer.Argument(help="The status quo and what is negotiated, as TOML.")
    ] = None,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=parse_day, metavar="DATE", help="Or: the record of this day."),
    ] = None,
    without_deal: Annotated[
        date | None,
        typer.Option(
            "--without-deal",
            parser=parse_day,
            metavar="DATE",
            help="The duties of this day return when talks fail; with --on.",
        ),
    ] = None,
    show: Annotated[
        str,
        typer.Option("--show", help="Any of nash, bargain, frontier, holds, concessions, items."),
    ] = ",".join(_QUESTIONS),
    over: Annotated[
        Literal["sectors", "table"],
        typer.Option(
            "--over", help="What is set: duties sector by sector, or the table's own instruments."
        ),
    ] = "sectors",
    rule: Annotated[
        Literal["nash", "kalai-smorodinsky", "equal-gains"],
        typer.Option("--rule", help="How a bargain over the table shares its gains."),
    ] = "nash",
    weights: Annotated[
        str | None,
        typer.Option("--weights", help="Bargaining weights of the two, as in 2,1; default: equal."),
    ] = None,
    size: Annotated[
        list[str] | None,
        typer.Option("--size", metavar="NAME=SHARE", help="What an item lets pass; repeatable."),
    ] = None,
    concede: Annotated[
        float, typer.Option("--concede", help="Duty that an item is weighed against: 0.1.")
    ] = 0.1,
    walk_away: Annotated[
        Literal["nash", "status-quo", "without-deal"],
        typer.Option("--walk-away", help="What happens without a bargain."),
    ] = "nash",
    highest: Annotated[
        float, typer.Option("--highest", help="Highest duty that can be set; 10 is 1000 %.")
    ] = 10.0,
    lag: Annotated[float, typer.Option("--lag", help="Years until a breach is answered.")] = 1.0,
    periods: Annotated[
        float | None,
        typer.Option("--periods", help="Years that a punishment lasts; default: for ever."),
    ] = None,
    rate: Annotated[
        float, typer.Option("--rate", help="Yearly discount rate at which lags are stated.")
    ] = 0.05,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="FILE", help="Draw the answers over the table: .svg, .png or .html."
        ),
    ] = None,
    horizon: Annotated[
        Literal["long", "short"] | None,
        typer.Option("--horizon", help="Elasticities; default: the first of the scenario."),
    ] = None,
    world: Annotated[
        str, typer.Option("--world", help="The world in which the record is priced.")
    ] = "g20-detail",
    draws: Annotated[
        int, typer.Option("--draws", min=0, help="Draws for the intervals; 0 for none.")
    ] = 0,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Seed of the draws; default: settings.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes at work; default: settings."),
    ] = None,
    known: Known = None,
    where: Where = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is on the table of two economies, the trade war, the bargain and what holds.

    In war and bargain both set duties on each other's goods, sector by sector; all else is as in
    the scenario or the record. With --over table they set the instruments of the table, of any
    kind; a frontier and plots are always of these. A side's objective is its welfare.

    Example: `parley talks examples/truce-ends.toml --between USA,CHN`
    """
    from parley.cli import _by_table, _on_the_table, _talks_over_draws
    from parley.cli._console import print_json
    from parley.cli._talks_shown import WALK_AWAY, print_talks
    from parley.settings import load

    asked, parties = _questions(show), _parties(between)
    _check_above_zero(lag=lag, periods=periods, rate=rate)
    _by_table.check_plot(plot, asked)
    sizes = _on_the_table.sizes_of(size or [])
    if (scenario is None) == (on is None):
        raise InputError("give a scenario file, or the day of the record with --on")
    if scenario is not None:
        talk = _on_the_table.talk_of_scenario(
            scenario, parties, sizes=sizes, horizon=horizon, highest=highest
        )
    else:
        assert on is not None
        talk = _on_the_table.talk_of_record(
            on, parties, known=known, returning=without_deal, where=where, world_name=world,
            sizes=sizes, horizon=horizon, highest=highest,
        )  # fmt: skip
    by_table = _by_table.asked_of_table(asked, over=over, plotted=plot is not None)
    if over == "table":
        asked = tuple(word for word in asked if word not in _by_table.QUESTIONS)
    document, policies = _answers(
        talk, parties, asked, walk_away=walk_away, bounds=(0.0, highest), lag=lag
    )
    if "items" in asked:
        document["items"] = _on_the_table.items(talk, points=concede)
    if draws:
        chosen = load(options={"seed": seed, "workers": workers})
        document["gains"] = _talks_over_draws.gains(
            talk, policies, count=draws, seed=chosen.seed, workers=chosen.workers
        )
    found = None
    if by_table:
        found = _by_table.answer(
            talk, by_table, walk_away=walk_away, rule=rule, weights=_by_table.weights_of(weights),
            lag=lag, periods=periods or math.inf, rate=rate,
        )  # fmt: skip
        document["over_table"] = _by_table.document(found, walk_away=walk_away)
    if plot is not None and found is not None:
        source = f"Source: Parley on {talk.world.name}, {talk.name}, {talk.horizon} horizon."
        drawn = _by_table.charts(found, source=source, walk_away=WALK_AWAY[walk_away])
        _by_table.draw(drawn, plot)
    if as_json:
        print_json(document)
        return
    print_talks(document)
    if found is not None:
        _by_table.show(found, walk_away=WALK_AWAY[walk_away])


def _answers(
    talk: "Talk",
    parties: tuple[str, ...],
    asked: tuple[str, ...],
    *,
    walk_away: str,
    bounds: tuple[float, float],
    lag: float,
) -> "tuple[dict[str, Any], dict[str, Policy]]":  # Any: JSON values
    """Return the answers as plain values, and the policies that they compare, by name."""
    from parley import talks as station
    from parley.cli import _on_the_table

    status_quo, table = talk.status_quo, talk.table
    goods = status_quo.world.goods or status_quo.world.sectors
    document: dict[str, Any] = _head(talk, parties) | {"table": _on_the_table.document(talk)}
    policies = {"status quo": status_quo.policy}
    threat = status_quo
    if table.without_deal is not None:
        returned = talk.payoffs.outcome(table.without_deal)
        document["without_deal"] = _worth(returned, parties)
        policies["without a deal"] = returned.policy
        threat = returned if walk_away == "without-deal" else threat
    elif walk_away == "without-deal":
        raise InputError(f"--walk-away without-deal: {talk.name} does not say what returns then")
    war = deal = None
    if {"nash", "holds"} & set(asked) or ("bargain" in asked and walk_away == "nash"):
        war = station.nash(
            status_quo.world,
            parties,
            policy=status_quo.policy,
            among_themselves=True,
            bounds=bounds,
            model=status_quo.model,
            elasticities=status_quo.elasticity_set,
        )
        document["nash"] = [_war(one) for one in war.equilibria]
        policies["trade war"] = war.first.outcome.policy
        threat = war.first.outcome if walk_away == "nash" else threat
    if {"bargain", "holds"} & set(asked):
        deal = station.cooperate(threat, parties, among_themselves=True, bounds=bounds)
        document["bargain"] = {"walk_away": walk_away} | _bargain(deal, parties)
        policies["bargain"] = deal.outcome.policy
    if "holds" in asked and deal is not None and war is not None:
        kept = station.temptations(
            deal.outcome, war.first.outcome, parties, sectors=goods, bounds=bounds, lag=lag
        ) if deal.is_deal else ()  # fmt: skip
        document["holds"] = {"lag_years": lag, "sides": [_kept(one) for one in kept]}
    if "concessions" in asked:
        document["concessions"] = _concessions(status_quo, parties)
        document["liftings"] = _on_the_table.liftings(talk)
    return document, policies


def _concessions(status_quo: "Outcome", parties: tuple[str, ...]) -> list[dict[str, Any]]:
    from parley import talks as station

    rows = station.concessions(status_quo, (parties[0], parties[1]))
    return [
        {
            "owner": row.owner,
            "sector": row.sector,
            "duty_pct": 100.0 * row.duty,
            "owner_gain_usd_mn": row.owner_gain_usd_mn,
            "partner_gain_usd_mn": row.partner_gain_usd_mn,
        }
        for row in rows
    ]


def _questions(show: str) -> tuple[str, ...]:
    asked = tuple(word.strip() for word in show.split(","))
    for word in asked:
        if word not in _ALL_QUESTIONS:
            raise InputError(f"--show {word}: there are {', '.join(_ALL_QUESTIONS)}")
    return asked


def _parties(between: str) -> tuple[str, ...]:
    parties = tuple(word.strip() for word in between.split(","))
    if len(set(parties)) != _PARTIES:
        raise InputError(f"--between {between}: name two economies, as in USA,CHN")
    return parties


def _check_above_zero(**options: float | None) -> None:
    for name, value in options.items():
        if value is not None and not value > 0.0:
            raise InputError(f"--{name} {value:g}: it must be above zero")


def _worth(outcome: "Outcome", parties: tuple[str, ...]) -> dict[str, dict[str, float]]:
    from parley.world import economies_of

    found = {}
    for party in parties:
        at = [outcome.world.economy(code) for code in economies_of(outcome.world, party)]
        gain = float(outcome.equivalent_variation_usd_mn[at].sum())
        base = float(outcome.expenditure_base_usd_mn[at].sum())
        found[party] = {"usd_bn": gain / _BILLION, "welfare_pct": 100.0 * gain / base}
    return found


def _head(talk: "Talk", parties: tuple[str, ...]) -> dict[str, Any]:
    from parley.world import party_notes

    outcome = talk.status_quo
    about = [note for party in parties for note in party_notes(outcome.world, party)]
    return {
        "schema": "talks/1",
        "scenario": talk.name,
        "world": outcome.world.name,
        "horizon": talk.horizon,
        "closure": outcome.closure,
        "parties": list(parties),
        "objective": "welfare: equivalent variation against the base year",
        "status_quo": _worth(outcome, parties),
        "source": outcome.world.source,
        "notes": [*about, *outcome.world.notes],
    }


def _war(war: "War") -> dict[str, Any]:
    return {
        "worth": _worth(war.outcome, war.parties),
        "median_duty_pct": {
            code: 100.0 * duty for code, duty in zip(war.parties, war.median_duties, strict=True)
        },
        "first_order_gain_left": max(war.residuals),
        "starts": list(war.starts),
        "far_from_base": _far_from_base(war.outcome, war.parties),
    }


def _far_from_base(
    outcome: "Outcome", parties: tuple[str, ...]
) -> list[dict[str, Any]]:  # Any: JSON values
    """Return the sectors whose trade between the parties is many times that of the base year."""
    from parley.world import economies_of

    world = outcome.world
    one, other = ([world.economy(code) for code in economies_of(world, party)] for party in parties)
    now, base = (
        (trade[one][:, other].sum(axis=(0, 1)) + trade[other][:, one].sum(axis=(0, 1))) / _BILLION
        for trade in (outcome.trade_usd_mn, outcome.trade_base_usd_mn)
    )
    return [
        {
            "sector": code,
            "title": world.sector_titles[at],
            "usd_bn": float(now[at]),
            "base_usd_bn": float(base[at]),
            "elasticity": float(outcome.elasticity_set.trade[at]),
        }
        for at, code in enumerate(world.sectors)
        if now[at] > max(_FAR * base[at], 1.0)
    ]


def _bargain(deal: "Cooperation", parties: tuple[str, ...]) -> dict[str, Any]:
    import numpy as np

    at = [deal.outcome.world.economy(code) for code in parties]
    base = deal.outcome.world.flows
    mean = {
        parties[one]: 100.0
        * float(np.average(deal.duties[at[one], at[1 - one]], weights=base[at[one], at[1 - one]]))
        for one in (0, 1)
    }
    return {
        "rule": "equal proportional gains",
        "is_deal": deal.is_deal,
        "gain_pct": 100.0 * deal.gain,
        "worth": _worth(deal.outcome, parties),
        "mean_duty_pct": mean,
        "first_order_gain_left": deal.residual,
    }


def _kept(one: "Temptation") -> dict[str, Any]:
    return {
        "party": one.holding.party,
        "verdict": one.holding.verdict,
        "least_discount_factor": one.holding.least_discount_factor,
        "breach_gain_pct": 100.0 * one.holding.one_shot_gain,
        "punishment_cost_pct": 100.0 * one.holding.cost_of_punishment,
        "pays_to_be_punished": one.holding.pays_to_be_punished,
        "punishment_pays_the_other": one.is_credible,
    }
