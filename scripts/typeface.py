"""Cut the letters that most graphs use out of the typeface again, into `resources/fonts/parts`.

Run it after a change to the typeface or to the letters of its parts: `.venv/bin/python scripts/typeface.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from nodegraph.canvas.drawing import cut_typeface  # noqa: E402
from nodegraph.canvas.drawing.theme import FILES  # noqa: E402


def main() -> int:
    """Write each part, and say how large it is."""
    for weight in FILES:
        for part, letters in cut_typeface.PARTS.items():
            path = cut_typeface.kept(weight, part)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(cut_typeface.cut(weight, letters))
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
