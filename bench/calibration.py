"""Check the confidence of drafts: ``bench/calibration.py FOLDER[:WEIGHT] … [--late PAGES]``.

Takes what `scripts/train_weights.py` takes. Each page's drafts get the confidence that weights
learned on the other pages give; prints how often drafts of a confidence were right, and how many
standard errors that is off. ``--svg FILE`` draws it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
import itertools

import train_weights as train

EDGES = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--late", default="")
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    groups = train.pages_of(options.folders, set(filter(None, options.late.split(","))))
    score = train.scorer(Path(options.folders[0].partition(":")[0]))
    rows = train.examples([p for pages in groups.values() for p in pages], score, "full")
    rows += train.first_seen("full")
    chance = np.array(train.left_out(rows))
    right = np.array([float(row.right) for row in rows])
    bins = []
    print("confidence with its page left out   drafts   said   right")
    for low, high in itertools.pairwise(EDGES):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            said, was = chance[inside].mean(), right[inside].mean()
            bins.append((said, was, int(inside.sum())))
            print(f"{low:.1f} to {high:.1f} {inside.sum():30d} {said:6.2f} {was:7.2f}")
    print(
        f"Brier score {np.mean((chance - right) ** 2):.3f}; of the mean alone "
        f"{np.mean((right.mean() - right) ** 2):.3f}"
    )
    if options.svg:
        options.svg.write_text(diagram(bins), encoding="utf-8")


def diagram(bins: list[tuple[float, float, int]]) -> str:
    """Return the reliability diagram as SVG: said against right, area by number of drafts."""
    import altair as alt
    import pandas as pd

    table = pd.DataFrame(bins, columns=["said", "right", "drafts"])
    low, high = _interval(table["right"].to_numpy(), table["drafts"].to_numpy())
    table = table.assign(low=low, high=high)
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(table)
    line = alt.Chart(pd.DataFrame({"said": [0, 1], "right": [0, 1]}))
    chart = alt.layer(
        line.mark_line(color="#999999", strokeDash=[4, 4]).encode(x="said:Q", y="right:Q"),
        base.mark_rule(color="#1f4e79").encode(
            x=alt.X("said:Q", scale=scale, title="confidence said"),
            y=alt.Y("low:Q", scale=scale, title="share that was right"),
            y2="high:Q",
        ),
        base.mark_circle(color="#1f4e79", opacity=1).encode(
            x="said:Q",
            y="right:Q",
            size=alt.Size("drafts:Q", scale=alt.Scale(range=[30, 300])),
        ),
    ).properties(width=320, height=320, title="Drafts are right about as often as they say")
    import vl_convert as vlc

    svg: str = vlc.vegalite_to_svg(chart.to_dict())
    return svg


def _interval(share: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's interval of 90 per cent for shares of `number` drafts."""
    z = 1.645
    middle = (share + z**2 / (2 * number)) / (1 + z**2 / number)
    half = z * np.sqrt(share * (1 - share) / number + z**2 / (4 * number**2)) / (1 + z**2 / number)
    return middle - half, middle + half


if __name__ == "__main__":
    main()
