"""`parley talks`: the war, the bargain and what holds, from a scenario."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.cli import main

JUNE = str(Path(__file__).parents[2] / "examples" / "june-2025.toml")
TRUCE = str(Path(__file__).parents[2] / "examples" / "truce-ends.toml")


def test_talks_answers_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    status_quo = found["status_quo"]
    bargain, [war] = found["bargain"], found["nash"]
    for code in ("USA", "CHN"):
        assert war["worth"][code]["usd_bn"] > status_quo[code]["usd_bn"]
        assert bargain["worth"][code]["usd_bn"] > war["worth"][code]["usd_bn"]
    assert bargain["is_deal"]
    assert war["first_order_gain_left"] < 1e-10
    for side in found["holds"]["sides"]:
        assert side["verdict"] == "patience needed"
        gain, cost = side["breach_gain_pct"], side["punishment_cost_pct"]
        assert side["least_discount_factor"] == pytest.approx(gain / (gain + cost), rel=1e-9)
    assert {row["owner"] for row in found["concessions"]} == {"USA", "CHN"}


def test_talks_shows_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", "--show", "concessions"]) == 0
    shown = capsys.readouterr().out
    assert "What a cut of one point brings" in shown
    assert "Bargain" not in shown


@pytest.mark.slow
def test_the_table_itself_has_a_war_a_bargain_and_a_frontier(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    show = "nash,bargain,frontier,holds,concessions"
    arguments = ["talks", TRUCE, "--between", "USA,CHN", "--over", "table", "--horizon", "short"]
    plot = ["--plot", str(tmp_path / "talks.svg")]
    assert main([*arguments, "--show", show, *plot, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "nash" not in found
    over = found["over_table"]
    assert over["bargain"]["is_deal"]
    for code in ("USA", "CHN"):
        assert over["nash"]["payoffs"][code] > over["status_quo"][code]
        assert over["bargain"]["gains"][code] > 0.0
        first = [deal["payoffs"][code] for deal in over["frontier"]]
        assert sorted(first) in (first, first[::-1])
    assert {side["party"] for side in over["holds"]["sides"]} == {"USA", "CHN"}
    assert len(over["concessions"]) == 2
    assert {file.name for file in tmp_path.iterdir()} == {
        "talks-frontier.svg", "talks-concessions.svg", "talks-holding.svg",
    }  # fmt: skip


def test_the_answers_over_the_table_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["talks", TRUCE, "--between", "USA,CHN", "--over", "table", "--show", "concessions"]
    assert main([*arguments, "--walk-away", "status-quo"]) == 0
    shown = capsys.readouterr().out
    assert "Over the instruments of the table, against the status quo" in shown
    assert "What giving way brings" in shown


def test_the_walk_away_point_can_be_the_status_quo(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["talks", TRUCE, "--between", "USA,CHN", "--show", "bargain"]
    assert main([*arguments, "--walk-away", "status-quo"]) == 0
    assert "over the status quo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--between", "USA"], "name two economies"),
        (["--between", "USA,CHN", "--show", "peace"], "--show peace"),
        (["--between", "USA,CHN", "--over", "table", "--weights", "a"], "write a number"),
        (["--between", "USA,XYZ"], "'XYZ'"),
        (["--between", "USA,IND"], "no row is between USA and IND"),
        (["--between", "USA,CHN", "--on", "2025-06-09"], "or the day of the record"),
        (["--between", "USA,CHN", "--size", "visas"], "write NAME=SHARE"),
        (["--between", "USA,CHN", "--size", "tea=0.5"], "no instrument 'tea'"),
        (["--between", "USA,CHN", "--walk-away", "without-deal"], "does not say what returns"),
    ],
)
def test_talks_names_what_is_wrong(
    capsys: pytest.CaptureFixture[str], option: list[str], said: str
) -> None:
    assert main(["talks", TRUCE, *option]) == 1
    assert said in capsys.readouterr().err


def test_the_table_of_the_record_holds_duties_and_what_has_no_size(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["--on", "2025-06-09", "--without-deal", "2025-05-13", "--show", "concessions"]
    assert main(["talks", "--between", "USA,CHN", *asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    duties = {one["name"]: one for one in found["table"]["instruments"]}
    assert duties["CHN additional duty on USA"]["setting"] == pytest.approx(0.1)
    assert duties["CHN additional duty on USA"]["without_deal"] == pytest.approx(1.25)
    assert duties["CHN additional duty on USA"]["measures"] == ["cn-retaliation-all-goods"]
    assert "us-fentanyl-china" in duties["USA duty on CHN, c14"]["measures"]
    unsized = [name for one in found["table"]["unsized"] for name in one["measures"]]
    assert unsized == [
        "us-chip-controls-2022",
        "cn-rare-earth-licences",
        "us-chip-guidance",
        "us-student-visas",
    ]
    left = {one["measure"]: one["reason"] for one in found["table"]["not_priced"]}
    assert left["cn-301-retaliation-34"] == "part of the base duties of 2024"
    assert "no sector of their own" in left["cn-gallium-ban"]
    for code in ("USA", "CHN"):
        assert found["without_deal"][code]["usd_bn"] < found["status_quo"][code]["usd_bn"]


def test_an_item_that_is_sized_is_an_instrument(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [JUNE, "--between", "USA,CHN", "--size", "student visas=0.5", "--show", "concessions"]
    assert main(["talks", *asked]) == 0
    shown = capsys.readouterr().out
    assert "student visas: 50 % of the base-year flow pass (given by the user)" in shown
    assert "student visas: size unknown" not in shown
    assert "Lifting student visas, USD bn a year: USA" in shown


def test_an_item_with_a_range_is_a_band(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    visas = (
        '\n[[table]]\nname = "visas"\nimporter = "CHN"\nexporter = "USA"\nsector = "P"\n'
        'use = "final"\ninstrument = "cap"\nrange = [0.5, 0.9]\nfrom = "a guess"\n'
    )
    scenario = tmp_path / "visas.toml"
    scenario.write_text(Path(TRUCE).read_text(encoding="utf-8") + visas, encoding="utf-8")
    assert main(["talks", str(scenario), "--between", "USA,CHN", "--show", "items"]) == 0
    shown = capsys.readouterr().out
    assert "Assumed: between 50 and 90 % of the base-year flow pass. Worth, USD bn" in shown


def test_a_group_of_economies_is_one_party_of_the_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["--on", "2025-06-09", "--world", "g20-2019", "--show", "items", "--json"]
    assert main(["talks", "--between", "USA,EUU", *asked]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["partners"][0] for one in found["table"]["instruments"]} <= {"EUU", "USA"}
    assert found["status_quo"]["EUU"]["usd_bn"] < 0.0


@pytest.mark.slow
def test_the_duties_of_the_example_are_those_of_the_record() -> None:
    from datetime import date

    from parley import duties, equilibrium, world
    from parley.ledger import Ledger

    detail = world.load("g20-detail")
    scenario = equilibrium.read_scenario(Path(JUNE).read_text(encoding="utf-8"), name="june")
    groups = {"EUU": world.economies_of(detail, "EUU")}
    with Ledger.open() as record:
        now, after = (
            duties.labelled(
                record, day, economies=detail.economies, goods=detail.goods, groups=groups,
                known=date(2025, 6, 9),
            )
            for day in (date(2025, 6, 9), date(2025, 5, 13))
        )  # fmt: skip
    for at, tables in enumerate((now, after)):
        for cell in (cell for table in tables for cell in table.cells):
            if {cell.importer, cell.exporter} == {"USA", "CHN"}:
                row = next(
                    row
                    for row in scenario.rows
                    if row.importer == cell.importer and cell.sector in (row.sector or ())
                    and (cell.sector == row.sector or isinstance(row.sector, tuple))
                )  # fmt: skip
                rate = (row.setting, row.without_deal)[at]
                assert rate == pytest.approx(cell.tariff, abs=6e-5), cell.sector


@pytest.mark.slow
def test_june_2025_says_where_its_controls_break_even(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [JUNE, "--between", "USA,CHN", "--show", "nash,bargain,holds,items", "--json"]
    assert main(["talks", *asked]) == 0
    found = json.loads(capsys.readouterr().out)
    lines = [found["without_deal"], found["status_quo"], found["nash"][0]["worth"]]
    for code in ("USA", "CHN"):
        worth = [line[code]["usd_bn"] for line in [*lines, found["bargain"]["worth"]]]
        assert worth == sorted(worth)
    magnets, guidance, visas = found["items"]
    assert [one["priced"] for one in found["items"]] == ["break-even"] * 3
    # The better other origins or other inputs replace the magnets, the deeper the cut.
    known = [[2.0 if cut is None else cut for cut in row] for row in magnets["cut"]]
    assert all(row == sorted(row) for row in known)
    assert [row[1] for row in known] == sorted(row[1] for row in known)
    assert 0.0 < known[1][1] < 1.0
    assert all(cut is None for row in guidance["cut"] for cut in row)
    assert visas["target"] == "CHN"
    assert visas["users"] == "goods"
    assert visas["points_conceded"] == pytest.approx(0.1)


@pytest.mark.slow
def test_a_duty_lower_than_what_is_conceded_goes_to_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scenario = tmp_path / "magnets.toml"
    text = Path(JUNE).read_text(encoding="utf-8").replace("scale = 0.05", "scale = 0.0")
    scenario.write_text(text.partition('[[table]]\nname = "chip')[0], encoding="utf-8")
    asked = [str(scenario), "--between", "USA,CHN", "--horizon", "long", "--concede", "0.3"]
    assert main(["talks", *asked, "--show", "items", "--json"]) == 0
    (magnets,) = json.loads(capsys.readouterr().out)["items"]
    assert magnets["points_conceded"] == pytest.approx(0.1)


@pytest.mark.slow
def test_june_2025_over_500_draws(capsys: pytest.CaptureFixture[str]) -> None:
    asked = [JUNE, "--between", "USA,CHN", "--show", "nash,bargain", "--draws", "500"]
    assert main(["talks", *asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["gains"]
    assert "correlation" in found["drawn"]
    assert all(word in found["drawn"] for word in ("inputs", "scale", "base duty", "closure"))
    for row in found["rows"]:
        _, low, high = row["usd_mn"]
        assert low <= high
        assert row["well_drawn"]
        assert row["monte_carlo_error_usd_mn"] < 0.1 * (high - low)
    assert {(row["of"], row["over"]) for row in found["rows"]} >= {
        ("bargain", "trade war"),
        ("without a deal", "status quo"),
    }


@pytest.mark.parametrize(
    ("same_sign", "well_drawn", "said"),
    [
        (1.0, True, "[-1.0; +3.0]."),
        (0.81, True, "the sign is not stable: it is the same in 81% of the draws."),
        (1.0, False, "too few draws for this interval."),
    ],
)
def test_a_sentence_says_where_its_sign_is_not_stable(
    same_sign: float, well_drawn: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from parley.cli._talks_over_draws import print_gains

    row = {"of": "bargain", "over": "trade war", "party": "USA", "usd_mn": [1e3, -1e3, 3e3]}
    row |= {"same_sign": same_sign, "well_drawn": well_drawn}
    print_gains({"draws": 9, "seed": 1, "rows": [row], "drawn": "all"})
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("The bargain brings USA USD +1.0 bn a year over the trade war")
    assert lines[1].endswith(said)


def test_without_a_bargain_there_is_no_verdict(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    # At the war over these two instruments nobody can be made better off without a loser.
    asked = ["talks", TRUCE, "--between", "USA,CHN", "--over", "table", "--show", "holds"]
    assert main([*asked, "--plot", str(tmp_path / "holds.svg")]) == 0
    shown = capsys.readouterr().out
    assert "no deal within the bounds gains both" in shown
    assert "no verdict, since there is no bargain" in shown
    assert "suffices" not in shown
    assert "promise to watch" not in shown
    assert not list(tmp_path.iterdir())


def test_what_follows_a_breach_may_pay() -> None:
    from parley.cli._by_table import afterwards

    assert afterwards("1.00 bn", False) == "lose 1.00 bn after it"
    assert "no punishment" in afterwards("1.00 bn", True)


@pytest.mark.parametrize("name", ["--rate", "--lag", "--periods"])
def test_an_option_that_must_be_above_zero_is_named(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", name, "-1"]) == 1
    assert f"{name} -1: it must be above zero" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "show", "said"),
    [
        ("x.bmp", "concessions", "x.bmp: a chart is written as"),
        ("no/x.svg", "concessions", "there is no folder"),
        ("x.svg", "nash", "draws frontier, holds, concessions"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_refused_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, file: str, show: str, said: str
) -> None:
    asked = ["talks", "no-such.toml", "--between", "USA,CHN", "--show", show]
    assert main([*asked, "--plot", str(tmp_path / file)]) == 1
    assert said in capsys.readouterr().err


def test_a_war_far_from_the_data_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scenario = tmp_path / "detail.toml"
    text = Path(TRUCE).read_text(encoding="utf-8").replace("g20-2019", "g20-detail")
    scenario.write_text(
        text.replace('["A", "B", "C"]', '["A", "B", "c8", "c14"]'), encoding="utf-8"
    )
    assert main(["talks", str(scenario), "--between", "USA,CHN", "--show", "nash"]) == 0
    shown = capsys.readouterr().out
    assert "Trade war: median duties" in shown  # one: no side stays where it gains by reopening
    assert "in all, base duties included" in shown
    assert "(c8) with each other" in shown


def test_of_several_wars_the_one_that_counts_is_named() -> None:
    from parley.cli._talks_shown import _several

    wars = [{"starts": ["status quo"]}, {"starts": ["free trade"]}]
    assert "trade war 1, the one that a search from what is charged now" in _several(wars)[0]
    assert _several(wars[:1]) == []


def test_no_item_of_unknown_size_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["talks", TRUCE, "--between", "USA,CHN", "--show", "items"]) == 0
    assert "Items of unknown size: none is on the table." in capsys.readouterr().out


def test_the_seed_of_the_draws_is_that_of_the_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_WORKERS", "1")
    asked = ["talks", TRUCE, "--between", "USA,CHN", "--show", "items", "--draws", "2", "--json"]
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["gains"]["seed"] == 20250609
    monkeypatch.setenv("PARLEY_SEED", "7")
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["gains"]["seed"] == 7
