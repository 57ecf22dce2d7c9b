"""Write the JSON Schema of a brief to docs/reference/brief-1.schema.json.

Run it when `parley.brief` changes on purpose; a test compares the file with the types.
"""

from __future__ import annotations

import json
from pathlib import Path

from parley.brief import brief_schema

TARGET = Path(__file__).parents[1] / "docs" / "reference" / "brief-1.schema.json"


def main() -> None:
    """Write the schema."""
    text = json.dumps(brief_schema(), ensure_ascii=False, indent=1, sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"wrote {TARGET.name}: {len(text):,} characters")


if __name__ == "__main__":
    main()
