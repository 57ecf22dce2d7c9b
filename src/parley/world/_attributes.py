"""Numbers by economy that ship beside a world and are no part of its accounts."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from parley.errors import DataError, LabelError
from parley.world._tables import rows

if TYPE_CHECKING:
    from parley.typing import Array
    from parley.world._world import World


def attribute(world: World, column: str) -> Array:
    """Return a column of the table that ships beside a world; shape (economy,).

    Parameters
    ----------
    column
        For `countries-2023`: "gdp_usd_mn" (GDP of 2023), "margin_share" (the share of each
        purchase that stays with the buyer's own economy in the paper behind the world) and
        "announced_tariff" (the rate announced by the United States on 2 April 2025, fraction).

    Raises
    ------
    LabelError
        When no table ships beside the world, or it has no such column.
    DataError
        When its economies are not those of the world, in their order.

    Examples
    --------
    >>> from parley import world
    >>> countries = world.load("countries-2023")
    >>> float(attribute(countries, "announced_tariff")[countries.economy("CHN")])
    0.54
    """
    file = f"data/{world.name}.csv"
    if not (resources.files("parley.world") / file).is_file():
        raise LabelError(f"no table of economies ships beside world {world.name!r}")
    table = rows(file)
    if column not in table[0]:
        raise LabelError(f"{file} has no column {column!r}: {', '.join(table[0])}")
    if tuple(row["economy"] for row in table) != world.economies:
        raise DataError(f"the economies of {file} are not those of world {world.name!r}")
    return np.array([float(row[column]) for row in table])
