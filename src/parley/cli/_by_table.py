"""The talks over the instruments of a table itself: war, bargain, frontier, promises, prices."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parley.errors import ConvergenceError, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from parley.brief.charts import Chart
    from parley.cli._on_the_table import Talk
    from parley.talks import Bargain, Deal, Frontier, Game, Held, Index, Price, RuleName, TableWar

_BILLION = 1e3
_RAYS = 21
_SHOWN = 12  # prices
NOTHING_TO_KEEP = "Whether it holds: no verdict, since there is no bargain to keep or to break."
DRAWN = ("frontier", "holds", "concessions")
QUESTIONS = ("nash", "bargain", "frontier", "holds", "concessions")


@dataclass(slots=True, kw_only=True)
class AtTable:
    """The answers to the questions that were asked."""

    game: "Game"
    war: "TableWar | None" = None
    bargain: "Bargain | None" = None
    other_index: "Bargain | None" = None  # the same rule on logarithms
    frontier: "Frontier | None" = None
    held: "Held | None" = None
    reached: float | None = None  # how much of the deal holds at the rate
    prices: tuple["Price", ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def deal(self) -> "Deal | None":
        """The deal that is kept or broken: the bargain, or None where there is none."""
        best = None if self.bargain is None else self.bargain.best
        return None if best is None else best.deal


def asked_of_table(asked: tuple[str, ...], *, over: str, plotted: bool) -> tuple[str, ...]:
    """Return the questions that are answered over the table itself."""
    whole = over == "table" or plotted
    return tuple(word for word in asked if word in QUESTIONS and (whole or word == "frontier"))


def weights_of(words: str | None) -> tuple[float, ...] | None:
    """Return the bargaining weights that a user wrote, as in ``2,1``."""
    if words is None:
        return None
    try:
        return tuple(float(word) for word in words.split(","))
    except ValueError as error:
        raise InputError(f"--weights {words}: write a number for each side, as in 2,1") from error


def answer(  # noqa: PLR0913 - the options of one command
    talk: "Talk",
    asked: tuple[str, ...],
    *,
    walk_away: str,
    rule: "RuleName",
    weights: tuple[float, ...] | None,
    lag: float,
    periods: float,
    rate: float,
) -> AtTable:
    """Return the answers to `asked` over the instruments of the table."""
    import math

    from parley import talks as station

    found = AtTable(game=_game(talk))
    game, table = found.game, talk.table
    if {"nash", "holds"} & set(asked) or walk_away == "nash":
        try:
            found.war = station.table_war(game)
        except ConvergenceError as error:
            found.notes.append(f"No war of the table: {error}.")
    threat = _threat(found, talk, walk_away)
    if {"bargain", "holds"} & set(asked):
        found.bargain = station.bargain(table, game, threat, rule=rule, weights=weights)
        if rule != "equal-gains" and found.bargain.best is not None:
            found.other_index = station.bargain(
                table, _game(talk, index="log"), threat, rule=rule, weights=weights
            )
    if "frontier" in asked:
        found.frontier = station.frontier(game, threat, points=_RAYS)
    if "holds" in asked and found.deal is None:
        found.notes.append(NOTHING_TO_KEEP)
    elif "holds" in asked and found.deal is not None:
        war = None if found.war is None else found.war.deal
        found.held = station.holds(
            game, found.deal, threat, war=war, lag=lag, periods=periods, rate=rate
        )
        if found.held.verdict != "any patience suffices":
            found.reached = station.largest_that_holds(
                game, found.deal, threat, discount_factor=math.exp(-rate), lag=lag, periods=periods
            )[0]
    if "concessions" in asked:
        found.prices = station.prices(game)
    return found


def _game(talk: "Talk", *, index: "Index" = "usd") -> "Game":
    from parley import talks as station

    one = talk.payoffs
    return station.Game(
        world=one.world, table=one.table, beside=one.beside, model=one.model,
        elasticities=one.elasticities, index=index,
    )  # fmt: skip


def _threat(found: AtTable, talk: "Talk", walk_away: str) -> "Deal":
    if walk_away == "status-quo":
        return talk.table.status_quo
    if walk_away == "without-deal":
        if talk.table.without_deal is None:
            raise InputError(f"--walk-away without-deal: {talk.name} does not say what returns")
        return talk.table.without_deal
    if found.war is None:
        raise ConvergenceError(f"{' '.join(found.notes)} Choose another --walk-away")
    return found.war.deal


def document(found: AtTable, *, walk_away: str) -> dict[str, Any]:
    """Return the answers as JSON values; payoffs in USD million a year."""
    said: dict[str, Any] = {"unit": found.game.unit, "walk_away": walk_away}
    parties = found.game.table.parties
    status_quo = found.game(found.game.table.status_quo).tolist()
    said["status_quo"] = dict(zip(parties, status_quo, strict=True))
    if found.war is not None:
        said["nash"] = _paid(parties, found.war.deal, found.war.payoffs) | {
            "gains_left": dict(zip(parties, found.war.gains_left, strict=True))
        }
    if found.bargain is not None:
        said["bargain"] = _bargain(found.bargain)
        if found.other_index is not None and found.other_index.best is not None:
            best = found.other_index.best.deal
            said["bargain"]["on_logarithms"] = dict(
                zip(best.instruments, map(_finite, best.settings), strict=True)
            )
    if found.frontier is not None:
        said["frontier"] = [_paid(parties, one.deal, one.payoffs) for one in found.frontier.deals]
    if found.held is not None:
        said["holds"] = _held(found.held) | {"part_that_holds": found.reached}
    if found.prices:
        said["concessions"] = [
            {
                "instrument": one.instrument,
                "owner": one.owner,
                "setting": _finite(one.setting),
                "step": one.step,
                "gains": dict(one.gains),
                "price": one.price,
            }
            for one in found.prices
        ]
    return said | {"notes": found.notes}


def _paid(parties: tuple[str, ...], deal: "Deal", payoffs: tuple[float, ...]) -> dict[str, Any]:
    settings = map(_finite, deal.settings)
    return {
        "payoffs": dict(zip(parties, payoffs, strict=True)),
        "settings": dict(zip(deal.instruments, settings, strict=True)),
    }


def _bargain(found: "Bargain") -> dict[str, Any]:
    weights = None if found.weights is None else list(found.weights)
    said: dict[str, Any] = {"rule": found.rule, "weights": weights, "is_deal": False}
    if found.best is None or found.gains is None:
        return said
    return said | _paid(found.parties, found.best.deal, found.best.payoffs) | {
        "is_deal": True,
        "gains": dict(zip(found.parties, found.gains, strict=True)),
        "at_bounds": list(found.at_bounds),
        "first_order_gain_left": found.residual,
        "other_optima": len(found.others),
    }  # fmt: skip


def _held(held: "Held") -> dict[str, Any]:
    return {
        "verdict": held.verdict,
        "least_discount_factor": held.least_discount_factor,
        "rate": held.rate,
        "longest_lag_years": _finite(held.longest_lag),
        "watch": None if held.watched is None else held.watched.instrument,
        "sides": [
            {
                "party": side.party,
                "verdict": side.holding.verdict,
                "one_shot_gain": side.holding.one_shot_gain,
                "cost_of_punishment": side.holding.cost_of_punishment,
                "pays_to_be_punished": side.holding.pays_to_be_punished,
                "least_discount_factor": side.holding.least_discount_factor,
                "longest_lag_years": _finite(side.holding.longest_lag(rate=held.rate)),
                "single_breaches": {
                    one.instrument: one.holding.one_shot_gain for one in side.promises
                },
                "punishing_gains": dict(side.answers),
                "punished_credibly": side.is_punished_credibly,
                "under_reversion_to_war": None
                if side.reversion is None
                else side.reversion.verdict,
            }
            for side in held.sides
        ],
    }


def _finite(value: float | None) -> float | None:
    import math

    return None if value is None or math.isinf(value) else value


def charts(found: AtTable, *, source: str, walk_away: str) -> tuple["Chart", ...]:
    """Return the charts of what was asked."""
    from parley.brief.charts import concession_slopes, frontier_map, holding_lags

    drawn: list[Chart] = []
    if found.frontier is not None:
        game = found.game
        start = found.frontier.walk_away
        named = {} if start is None else {walk_away: start.payoffs}
        named["the status quo"] = tuple(game(game.table.status_quo).tolist())
        if found.bargain is not None and found.bargain.best is not None:
            named["the bargain"] = found.bargain.best.payoffs
        drawn.append(frontier_map(found.frontier, named, source=source))
    if found.prices:
        drawn.append(concession_slopes(found.prices, source=source))
    if found.held is not None:
        drawn.append(holding_lags(found.held, source=source))
    return tuple(drawn)


def check_plot(file: "Path | None", asked: tuple[str, ...]) -> None:
    """Raise InputError where nothing that can be drawn is asked, or the file cannot be written."""
    from parley.brief.charts import check_file

    if file is None:
        return
    check_file(file)
    if not set(DRAWN) & set(asked):
        raise InputError(f"--plot {file} draws {', '.join(DRAWN)}; --show one of these")


def draw(drawn: tuple["Chart", ...], file: "Path") -> None:
    """Write charts to a file, or, where there are several, each to a file with its name."""
    from parley.brief.charts import save

    if len(drawn) == 1:
        save(drawn[0], file)
        return
    for chart in drawn:
        save(chart, file.with_name(f"{file.stem}-{chart.name}{file.suffix}"))


def show(found: AtTable, *, walk_away: str) -> None:
    """Print the answers."""
    from parley.cli._console import results

    console = results()
    console.print(f"Over the instruments of the table, against {walk_away}", style="bold")
    for sentence in _sentences(found):
        console.print(sentence, markup=False)
    if found.prices:
        _show_prices(found.prices)


def _sentences(found: AtTable) -> list[str]:
    said = list(found.notes)
    if found.war is not None:
        said.append(f"War: {_money(found.game.table.parties, found.war.payoffs)} a year; "
                    f"{_settings(found.war.deal)}.")  # fmt: skip
    if found.bargain is not None:
        said.append(_bargain_sentence(found.bargain))
        said += _on_logarithms(found)
    if found.frontier is not None:
        ends = (found.frontier.deals[0], found.frontier.deals[-1])
        span = " to ".join(_money(found.frontier.parties, one.payoffs) for one in ends)
        said.append(f"Frontier, {len(found.frontier.deals)} deals: {span}.")
    if found.held is not None:
        said += _held_sentences(found.held, found.reached)
    return said


def _bargain_sentence(found: "Bargain") -> str:
    if found.best is None or found.gains is None:
        return f"Bargain ({found.rule}): no deal within the bounds gains both."
    bounds = f" At a bound: {'; '.join(found.at_bounds)}." if found.at_bounds else ""
    others = f" {len(found.others)} worse local optima were met." if found.others else ""
    return (
        f"Bargain ({found.rule}): gains of {_money(found.parties, found.gains)} a year; "
        f"{_settings(found.best.deal)}.{bounds}{others}"
    )


def _on_logarithms(found: AtTable) -> list[str]:
    if found.other_index is None or found.other_index.best is None:
        return []
    logs = _settings(found.other_index.best.deal)
    return [
        f"On logarithms of welfare the same rule picks {logs}; on welfare itself, what it picks "
        "in dollars."
    ]


def _held_sentences(held: "Held", reached: float | None) -> list[str]:
    said = []
    for side in held.sides:
        needs = needs_of(side.holding.verdict, side.holding.least_discount_factor)
        credible = "" if side.is_punished_credibly else " The other side loses by answering."
        reverted = ""
        if side.reversion is not None and side.reversion != side.holding:
            reverted = f" Under reversion to war: {side.reversion.verdict}."
        gain, cost = side.holding.one_shot_gain / _BILLION, side.holding.cost_of_punishment
        after = afterwards(f"{abs(cost) / _BILLION:.2f} bn", side.holding.pays_to_be_punished)
        said.append(
            f"{side.party} would gain {gain:.2f} bn a year by its best joint breach and {after}: "
            f"{needs}.{credible}{reverted}"
        )
    lag = _finite(held.longest_lag)
    if lag is not None:
        said.append(f"At {held.rate:.0%} a year a breach must be answered within {lag:.1f} years.")
    if held.watched is not None:
        said.append(f"The promise to watch: {held.watched.instrument}.")
    if reached is not None and reached < 1.0:
        said.append(f"At that rate {reached:.0%} of the way to the deal would hold.")
    return said


def needs_of(verdict: str, factor: float | None) -> str:
    """Return a verdict with the discount factor that it needs."""
    return verdict + (f", a yearly discount factor of {factor:.3f}" if factor else "")


def afterwards(much: str, pays: bool) -> str:
    """Return what follows a breach; it may pay, and then it is no punishment."""
    return f"gain {much} after it too (what follows is no punishment)" if pays else (
        f"lose {much} after it"
    )  # fmt: skip


def _show_prices(prices: tuple["Price", ...]) -> None:
    from rich.table import Table

    from parley.cli._console import results

    console = results()
    table = Table("instrument", "step", box=None, pad_edge=False)
    for column in ("its owner", "the other", "price"):
        table.add_column(column, justify="right", no_wrap=True)
    for one in prices[:_SHOWN]:
        price = "" if one.price is None else f"{one.price:+.2f}"
        table.add_row(
            one.instrument, one.step, f"{one.owner_gain:+,.1f}", f"{one.others_gain:+,.1f}", price
        )
    console.print("What giving way brings, USD mn a year", style="bold")
    console.print(table)
    if len(prices) > _SHOWN:
        console.print(f"{len(prices) - _SHOWN} more instruments stand in --json")


def _money(parties: tuple[str, ...], payoffs: tuple[float, ...]) -> str:
    return ", ".join(
        f"{party} {payoff / _BILLION:+.2f} bn"
        for party, payoff in zip(parties, payoffs, strict=True)
    )


def _settings(deal: "Deal") -> str:
    pairs = list(zip(deal.instruments, deal.settings, strict=True))[:_SHOWN]
    more = len(deal.settings) - len(pairs)
    said = "; ".join(f"{name} {setting:.3g}" for name, setting in pairs)
    return f"{said}; and {more} more" if more else said
