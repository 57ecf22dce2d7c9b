"""Read trade statistics into a world without input links: ITPD, or BACI with GDP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.errors import DataError
from parley.world._accounts import close_accounts
from parley.world._read_long import codes_of, fill, read_frame

if TYPE_CHECKING:
    from parley.world._read_long import Table
    from parley.world._world import World

_KEYS = ("importer", "exporter", "sector")


def read_trade(
    table: Table,
    *,
    gdp: Table | None = None,
    **labels: Any,  # noqa: ANN401 - the label fields of World
) -> World:
    """Return a world of final purchases only, from bilateral trade.

    Parameters
    ----------
    table
        Long table with `importer`, `exporter`, `sector` and `value_usd_mn`, at the exporter's
        price. With purchases from own producers (importer equal to exporter), as the
        International Trade and Production Database has them, the table is the world.
    gdp
        `economy` and `gdp_usd_mn`, for trade statistics such as BACI that have no purchases
        from own producers: these are then GDP less exports. One sector only, for GDP does not
        say in which sector the rest is spent.
    **labels
        The label fields of `World`; economies and sectors are taken from the table in the order
        in which they first appear, unless they are given.

    Raises
    ------
    DataError
        When purchases from own producers are missing and no GDP is given, are in both, or when
        exports exceed GDP; the economy and the amount are named.
    """
    frame = read_frame(table, (*_KEYS, "value_usd_mn"), keys=_KEYS)
    economies = tuple(labels.pop("economies", None) or codes_of(frame, ("importer", "exporter")))
    sectors = tuple(labels.pop("sectors", None) or codes_of(frame, ("sector",)))
    shape = (len(economies), len(economies), len(sectors))
    flows = fill(frame, (economies, economies, sectors), _KEYS, "value_usd_mn", shape)
    own = np.arange(len(economies))
    at_home = flows[own, own].sum(axis=1)
    if gdp is None and (at_home == 0).any():
        raise DataError(
            f"{economies[int(np.argmin(at_home))]} buys nothing from its own producers; give "
            "purchases at home in the table, or GDP"
        )
    if gdp is not None:
        if at_home.any() or len(sectors) > 1:
            raise DataError("GDP is for one sector of trade without purchases at home")
        given = read_frame(gdp, ("economy", "gdp_usd_mn"), keys=("economy",))
        income = fill(given, (economies,), ("economy",), "gdp_usd_mn", shape[:1])
        rest = income - flows[:, :, 0].sum(axis=0)
        if (rest < 0).any():
            worst = int(np.argmin(rest))
            raise DataError(
                f"exports of {economies[worst]} exceed its GDP of {income[worst]:.6f} by "
                f"{-rest[worst]:.6f} USD million"
            )
        flows[own, own, 0] = rest
    known = np.broadcast_to(~np.isin(sectors, labels.get("goods", ())), shape).copy()
    known[own, own] = True
    return close_accounts(
        final=flows,
        intermediate=np.zeros(shape),
        input_use=np.zeros((len(economies), len(sectors), len(sectors))),
        tariff=np.zeros(shape),
        tariff_known=known,
        economies=economies,
        sectors=sectors,
        **({"sector_titles": sectors} | labels),
    )
