"""Items of unknown size: a band over a range, or the cut at which they break even."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from parley import talks, world
from parley.equilibrium import Policy, solve
from parley.errors import InputError
from parley.world import World

MakeTwo = Callable[..., World]
DUTY = 0.1


def limit(**more: object) -> talks.Unsized:
    given = {
        "owner": "AAA",
        "partners": ("BBB",),
        "kind": "cap",
        "setting": math.inf,
        "low": 0.01,
        "high": math.inf,
        "name": "licences",
    }
    span = more.pop("span", None)
    return talks.Unsized(instrument=talks.Instrument(**(given | more)), span=span)


def payoffs(two: World, item: talks.Unsized) -> talks.Payoffs:
    duties = tuple(
        talks.Instrument(
            owner=owner, partners=(other,), kind="duty_points", setting=DUTY, low=0.0, high=1.0
        )
        for owner, other in (("AAA", "BBB"), ("BBB", "AAA"))
    )
    table = talks.Table(instruments=duties, unsized=(item,))
    return talks.Payoffs(world=two, table=table, elasticities=two.elasticities)


def lowered(pays: talks.Payoffs, owner: str, points: float = DUTY) -> talks.Deal:
    return pays.table.status_quo.but({f"{owner} additional duty on {other}": DUTY - points
                                      for other in {"AAA", "BBB"} - {owner}})  # fmt: skip


def test_payoffs_are_the_equivalent_variation_of_the_policy(make_two: MakeTwo) -> None:
    pays = payoffs(make_two(), limit())
    policy = Policy.none(pays.world)
    for importer, exporter in (("AAA", "BBB"), ("BBB", "AAA")):
        policy = policy.add_duty(importer=importer, exporter=exporter, rate=DUTY)
    alone = solve(pays.world, policy)
    np.testing.assert_allclose(
        pays(pays.table.status_quo), alone.equivalent_variation_usd_mn, atol=1e-4
    )


def test_at_the_break_even_the_limit_costs_what_the_duty_is_worth(make_two: MakeTwo) -> None:
    item = limit()
    pays = payoffs(make_two(), item)
    found = talks.break_even(pays, item, conceded=lowered(pays, "AAA"))
    (cut,) = found.cut.ravel()
    gain = (pays(lowered(pays, "AAA")) - pays(pays.table.status_quo))[1]
    assert found.target == "BBB"
    assert found.points == pytest.approx(DUTY)
    assert found.price_usd_mn[0, 0] == pytest.approx(gain)

    def harm(depth: float) -> float:
        sized = pays.on(pays.table.sized("licences", 1.0 - depth))
        return float((pays(pays.table.status_quo) - sized(sized.table.status_quo))[1])

    assert harm(cut - 0.006) < gain <= harm(cut)


def test_the_better_others_replace_it_the_deeper_the_cut_that_breaks_even(
    make_two: MakeTwo,
) -> None:
    item = limit()
    pays = payoffs(make_two(), item)
    found = talks.break_even(pays, item, conceded=lowered(pays, "AAA", 0.05), origins=(2.0, 4.0))
    assert 0.0 < found.cut[0, 0] < found.cut[1, 0]


def test_what_it_costs_nothing_to_concede_any_cut_outweighs(make_two: MakeTwo) -> None:
    # A duty far above the optimum: its owner gains by lowering it.
    two, item = make_two(elasticity=8.0), limit()
    pays = payoffs(two, item)
    high = pays.table.status_quo.but({"BBB additional duty on AAA": 1.0})
    table = talks.Table(
        instruments=tuple(
            talks.Instrument(
                owner=one.owner,
                partners=one.partners,
                kind=one.kind,
                setting=setting,
                low=0.0,
                high=1.0,
            )
            for one, setting in zip(pays.table.instruments, high.settings, strict=True)
        ),
        unsized=(item,),
    )
    found = talks.break_even(
        pays.on(table), item, conceded=high.but({"BBB additional duty on AAA": 0.8})
    )
    assert found.price_usd_mn[0, 0] < 0.0
    assert found.cut[0, 0] == 0.0


def test_where_no_cut_outweighs_there_is_none(make_two: MakeTwo) -> None:
    item = limit()
    pays = payoffs(make_two(), item)
    found = talks.break_even(pays, item, conceded=lowered(pays, "AAA"), deepest=0.02)
    assert np.isnan(found.cut).all()


def test_conceding_nothing_is_refused(make_two: MakeTwo) -> None:
    item = limit()
    pays = payoffs(make_two(), item)
    with pytest.raises(InputError, match="lower some"):
        talks.break_even(pays, item, conceded=pays.table.status_quo)


def test_a_band_spans_what_the_range_may_cost(make_two: MakeTwo) -> None:
    item = limit(span=(0.2, 1.0))
    pays = payoffs(make_two(), item)
    found = talks.band(pays, item, points=3)
    low, high = found.ends
    assert found.settings == pytest.approx((0.2, 0.6, 1.0))
    assert low[1] < high[1]
    # A limit at the base flow does not bind when duties lower the flow.
    assert found.worth_usd_mn[2] == pytest.approx([0.0, 0.0], abs=1e-3)


def test_nothing_bounds_an_item_without_a_span(make_two: MakeTwo) -> None:
    item = limit()
    with pytest.raises(InputError, match="ask for its break-even"):
        talks.band(payoffs(make_two(), item), item)


def test_an_item_is_priced_by_a_band_a_break_even_or_not_at_all(make_two: MakeTwo) -> None:
    two = make_two()
    bounded, open_ended = limit(span=(0.5, 1.0)), limit()
    assert isinstance(talks.price(payoffs(two, bounded), bounded), talks.Band)
    found = talks.price(payoffs(two, open_ended), open_ended)
    assert isinstance(found, talks.BreakEven)
    assert found.cut.shape == (3, 3)
    elsewhere = limit(sectors=("magnets",))
    left = talks.price(payoffs(two, elsewhere), elsewhere)
    assert isinstance(left, talks.NotPriced)
    assert "has no sector magnets" in left.reason


@pytest.mark.slow
def test_final_use_breaks_even_by_the_elasticity_of_demand() -> None:
    g20 = world.load("g20-2019")
    item = limit(owner="USA", partners=("CHN",), sectors=("P",), use="final")
    duty = talks.Instrument(
        owner="USA", partners=("CHN",), kind="duty_points", setting=0.3, low=0.0, high=1.0
    )
    table = talks.Table(instruments=(duty,), parties=("USA", "CHN"), unsized=(item,))
    pays = talks.Payoffs(world=g20, table=table, elasticities=g20.elasticities)
    conceded = table.deal([0.29])
    found = talks.break_even(pays, item, conceded=conceded, users=(0.5, 2.0))
    assert found.cut.shape == (1, 2)
    assert (found.cut > 0.0).all()
    assert (found.cut < 0.5).all()


def test_lifting_a_limit_brings_its_target_what_it_cost(make_two: MakeTwo) -> None:
    item = limit()
    pays = payoffs(make_two(), item)
    sized = pays.on(pays.table.sized("licences", 0.5))
    (found,) = talks.liftings(sized)
    cost = pays(pays.table.status_quo) - sized(sized.table.status_quo)
    assert found.name == "licences"
    assert found.gains_usd_mn == pytest.approx(cost.tolist())
    assert found.gains_usd_mn[1] > 0.0
    assert talks.liftings(pays) == ()
