"""Build the tables of `duties/data` from the files of the US Census, the USITC and the annexes.

python scripts/build_duties.py ../shared/data/us-tariffs
"""

from __future__ import annotations

import sys
from pathlib import Path

from parley.duties import build

DATA = Path(__file__).parents[1] / "src" / "parley" / "duties" / "data"


def main() -> None:
    """Write the tables and print their sizes."""
    for name, rows in build(Path(sys.argv[1]), DATA, lists=True).items():
        print(f"{name}: {rows} rows, {(DATA / name).stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
