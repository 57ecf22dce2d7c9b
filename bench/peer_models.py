"""Run one model of another package on the arrays of a file; needs that package, not Parley.

``python bench/peer_models.py gegravity INPUT.npz`` prints one JSON object: the result, seconds of
CPU, and whether the package says that it converged. `bench/peers.py` calls this in an environment
of its own.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

Inputs = dict[str, Any]


def gegravity(given: Inputs) -> dict[str, Any]:
    """Return welfare by economy after the cost of trade has changed (endowment, one sector)."""
    import gegravity as ge
    import pandas as pd

    names = [f"E{at:03d}" for at in range(len(given["output"]))]
    at = {name: place for place, name in enumerate(names)}
    rows = pd.MultiIndex.from_product([names, names], names=["exporter", "importer"])
    table = rows.to_frame(index=False)
    i, n = table["exporter"].map(at).to_numpy(), table["importer"].map(at).to_numpy()
    table = table.assign(
        year="2023",
        trade=given["flow"][n, i],
        Y=given["output"][i],
        E=given["output"][n],
        cost=given["log_cost"][n, i],
    )
    baseline = ge.BaselineData(
        table,
        imp_var_name="importer",
        exp_var_name="exporter",
        year_var_name="year",
        trade_var_name="trade",
        expend_var_name="E",
        output_var_name="Y",
    )
    estimates = pd.DataFrame({"var": ["cost"], "coeff": [1.0], "stderr": [0.1]})
    coefficients = ge.CostCoeffs(
        estimates=estimates, identifier_col="var", coeff_col="coeff", stderr_col="stderr"
    )
    model = ge.OneSectorGE(
        baseline,
        cost_coeff_values=coefficients,
        cost_variables=["cost"],
        year="2023",
        reference_importer=names[-1],
        sigma=float(given["sigma"]),
        quiet=True,
    )
    model.build_baseline(omr_rescale=1.0, mr_max_iter=100_000)
    changed = model.baseline_data.copy()
    i, n = changed["exporter"].map(at).to_numpy(), changed["importer"].map(at).to_numpy()
    changed["cost"] = given["log_cost_new"][n, i]
    start = time.process_time()
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        model.define_experiment(changed)
        model.simulate(ge_tolerance=float(given["tolerance"]), ge_max_iter=100_000)
    seconds = time.process_time() - start
    results = model.country_results.sort_index()
    price = 1.0 + results["factory gate price change (percent)"].to_numpy(float) / 100.0
    stopped = [found.message for found in model.solver_diagnostics.values() if not found.success]
    return {
        "welfare_hat": (1.0 / results["welfare statistic"].to_numpy(float)).tolist(),
        "price": price.tolist(),
        "seconds": seconds,
        "converged": not stopped,
        "error": " ".join(stopped),
    }


def puremacro(given: Inputs) -> dict[str, Any]:
    """Return welfare by economy after duties have changed (Caliendo and Parro 2015)."""
    from puremacro.trade.caliendo_parro import CaliendoParroModel

    model = CaliendoParroModel(
        trade_shares=given["share"],
        gamma_va=given["labour"],
        gamma_io=given["inputs"],
        alpha=given["final"],
        theta=given["elasticity"],
        labor_income=given["income"],
        deficits=given["deficit"],
    )
    start = time.process_time()
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        found = model.solve_counterfactual(
            tariffs_new=1.0 + given["tariff"],
            deficit_rule="scaled",
            tol=float(given["tolerance"]),
            max_iter=int(given["limit"]),
        )
    return {
        "welfare_hat": found.welfare_hat.tolist(),
        "seconds": time.process_time() - start,
        "converged": bool(found.converged),
        "iterations": found.iterations,
        "residual": found.max_residual,
        "spending": model.baseline_X.tolist(),
    }


def puremacro_table(given: Inputs) -> dict[str, Any]:
    """Return the input-output table that ships with the package."""
    from puremacro.trade.data import load_icio_data

    del given
    table = load_icio_data()
    return {"table": np.asarray(table).tolist()}


def main() -> None:
    task, path = sys.argv[1], Path(sys.argv[2])
    given = dict(np.load(path))
    found = {"gegravity": gegravity, "puremacro": puremacro, "puremacro_table": puremacro_table}
    answer = found[task](given) | {"version": version(task.removesuffix("_table"))}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
