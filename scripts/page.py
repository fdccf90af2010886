"""Translate again what every exported page computes and says, and keep it in `resources/page/program.json`.

Run it after a change to an operation, a sentence or the translator: `.venv/bin/python scripts/page.py`.
Without it pages are right all the same, only slower to export; a test makes sure that what is kept is what
this makes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from nodegraph import resources  # noqa: E402
from nodegraph.canvas.page import program  # noqa: E402


def main() -> int:
    """Write the program, and say whether it changed."""
    path = resources.path(*program.KEPT)
    text = json.dumps(program.translated(), ensure_ascii=False, indent=0) + "\n"
    is_same = path.exists() and path.read_text(encoding="utf-8") == text
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {'as it was' if is_same else 'written'}, {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
