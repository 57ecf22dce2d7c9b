"""Which economies of a world stand for a party at a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.errors import LabelError
from parley.world._tables import rows

if TYPE_CHECKING:
    from parley.world._world import World


def economies_of(world: World, party: str) -> tuple[str, ...]:
    """Return the economies of `world` that stand for `party`.

    A party with an economy of its own code is that economy. A group (`EUU`) is those of its
    members, by `world/parties.csv`, that the world holds; `party_notes` says which it does not.
    `WLD`, all partners of a measure, is every economy.

    Raises
    ------
    LabelError
        When the party has no economy here. It is never mapped to ROW.

    Examples
    --------
    >>> from parley import world
    >>> economies_of(world.load("g20-2019"), "EUU")
    ('DEU', 'FRA', 'ITA')
    """
    if party in world.economies:
        return (party,)
    if party == "WLD":
        return world.economies
    members = tuple(code for code in _members(party) if code in world.economies)
    if not members:
        raise LabelError(
            f"party {party!r} has no economy in world {world.name!r} "
            f"({', '.join(world.economies[:40])}{', ...' if len(world.economies) > 40 else ''}); "
            "choose a world that holds it: `parley world show`"
        )
    return members


def party_notes(world: World, party: str) -> tuple[str, ...]:
    """Return what a reader must be told about how `party` stands in `world`; may be empty."""
    members = _members(party)
    held = economies_of(world, party)
    if not members or held == (party,):
        return ()
    missing = [code for code in members if code not in world.economies]
    if not missing:
        return ()
    where = "ROW" if "ROW" in world.economies else "no economy"
    return (
        f"{party} stands for {', '.join(held)} here; its other {len(missing)} members "
        f"({', '.join(missing)}) lie in {where} of world {world.name} and keep its duties.",
    )


def _members(party: str) -> tuple[str, ...]:
    return tuple(row["economy"] for row in rows("parties.csv") if row["party"] == party)
