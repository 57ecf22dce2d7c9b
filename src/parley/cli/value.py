"""`parley value`: what a change to the terms of trade is worth, and to whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli._record import Where
from parley.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from parley.cli._value import Answer
    from parley.equilibrium import Horizon, Policy, Scenario
    from parley.typing import Array
    from parley.world import World


def value(  # noqa: PLR0913 - the options of one command
    scenario: Annotated[Path, typer.Argument(help="A scenario, as TOML.")],
    draws: Annotated[
        int | None,
        typer.Option(
            "--draws", min=1, help="Draws of the elasticities for the interval; default: settings."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, help="Seed of the draws; default: settings.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes at work; default: settings."),
    ] = None,
    base_duties: Annotated[
        bool, typer.Option(help="Whether the base year has the duties that are known.")
    ] = True,
    where: Where = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Solve a what-if and show who gains and loses, by economy and sector.

    Example: `parley value examples/june-2025.toml`
    """
    from parley import equilibrium
    from parley.cli._console import print_json
    from parley.cli._value import Answer, document
    from parley.cli._value_tables import show
    from parley.settings import load

    chosen = load(options={"draws": draws, "seed": seed, "workers": workers})
    run = (chosen.draws, chosen.seed, chosen.workers)
    asked = equilibrium.read_scenario(scenario_text(scenario), name=scenario.name)
    world = equilibrium.scenario_world(asked)
    world = world if base_duties else world.without_duties()
    policies = _policies(asked, world, where)
    answers: dict[str, Answer] = {
        horizon: _answer(asked, world, policies, horizon, run) for horizon in asked.horizons
    }
    found = document(asked, world, answers, has_duties=base_duties)
    if as_json:
        print_json(found)
    else:
        show(found)


def _policies(asked: "Scenario", world: "World", where: str | None) -> "dict[str, Policy]":
    """Return the policy of the scenario and, when it names one, the state to compare it with."""
    from parley import equilibrium
    from parley.brief import duties_since
    from parley.cli._record import open_record

    since = asked.from_record
    if since is None:
        return {"policy": equilibrium.scenario_policy(asked, world)}
    with open_record(where) as record:
        recorded, *against = (
            duties_since(record, world, day=day, known=since.known, between=since.between)
            for day in (since.on, since.against)
            if day is not None
        )
    policy = equilibrium.scenario_policy(asked, world, recorded=recorded)
    return {"policy": policy, "against": against[0]} if against else {"policy": policy}


def _answer(
    asked: "Scenario",
    world: "World",
    policies: "dict[str, Policy]",
    horizon: "Horizon",
    run: tuple[int, int, int],
) -> "Answer":
    from parley import equilibrium
    from parley.cli._console import progress
    from parley.cli._value import Answer

    count, seed, workers = run
    elasticities = equilibrium.scenario_elasticities(asked, world, horizon)
    with progress(f"{horizon} horizon", total=count) as step:
        drawn = equilibrium.draws(
            world,
            policies,
            count=count,
            seed=seed,
            horizon=horizon,
            closure=asked.closure,
            elasticities=elasticities,
            uncertainty=asked.uncertainty,
            workers=workers,
            on_result=advancing(step),
        )
    return Answer(drawn=drawn, rests_on=_rests_on(asked, policies, horizon))


def _rests_on(
    asked: "Scenario", policies: "dict[str, Policy]", horizon: "Horizon"
) -> "dict[str, Array]":
    """Return welfare, (economy,), with half and twice each number of a choke point."""
    from parley import equilibrium

    def welfare(world: "World", policy: "Policy") -> "Array":
        chosen = equilibrium.scenario_elasticities(asked, world, horizon)
        return equilibrium.solve(world, policy, closure=asked.closure, elasticities=chosen).welfare

    found = {}
    for change, world in equilibrium.scenario_neighbours(asked).items():
        found[change] = welfare(world, policies["policy"])
        if "against" in policies:
            found[change] = found[change] - welfare(world, policies["against"])
    return found


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
