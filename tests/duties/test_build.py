"""The tables that ship are those that the files of the Census and the USITC make."""

from pathlib import Path

import numpy as np
import pytest

from parley import duties
from parley.duties._goods import panel
from parley.duties._lists import read_parquet
from parley.errors import InputError


def test_what_is_missing_is_named_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"us_imports_hs10_2024.*usmca_shares_2025"):
        duties.build(tmp_path, tmp_path / "out")


@pytest.mark.slow
def test_the_tables_are_made_anew_as_they_ship(shared: Path, tmp_path: Path) -> None:
    import duckdb

    written = duties.build(shared / "data" / "us-tariffs", tmp_path, lists=True)
    for name, rows in written.items():
        shipped = read_parquet(name)
        made = duckdb.read_parquet(str(tmp_path / name)).fetchnumpy()
        assert made.keys() == shipped.keys()
        for column, values in shipped.items():
            assert len(values) == rows
            again = np.asarray(made[column])
            if values.dtype.kind == "f":
                np.testing.assert_allclose(again, values, rtol=1e-12)
            else:
                assert again.tolist() == values.tolist()


def test_codes_of_no_tariff_schedule_are_counted_with_their_imports(shared: Path) -> None:
    lost = duties.unmatched(shared / "data" / "us-tariffs")
    assert lost["s232_steel"].codes == 5  # 7326.90.00 among them
    assert lost["s232_steel"].subheadings_usd == pytest.approx(7.0e9, rel=0.01)
    assert lost["s301_china"].codes == 116
    assert "s232_derivatives_2025-03-12" not in lost


def test_what_the_highest_of_two_section_301_lists_can_add_is_small() -> None:
    # US note 20 parts some codes by their last two digits; the higher rate is taken for all.
    goods = panel()
    chinese = goods.of("CHN")
    first = np.logical_or.reduce([goods.on(f"s301_china/9903.88.0{at}") for at in (1, 2, 3, 4)])
    both = goods.value[chinese & first & goods.on("s301_china/9903.88.15")].sum()
    most = 100 * (0.25 - 0.075) * both / goods.value[chinese].sum()
    assert 0 < most < 0.4  # points of the average on China since 2020
