"""Make the pictures of the README with the program itself: the window at work, and an exported graph.

Run it after a change of the look: `.venv/bin/python scripts/pictures.py`. It needs no screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "resources" / "pictures"
WIDTH, HEIGHT = 1440, 900
STEP = 10


def main() -> int:
    """Write the pictures anew and say where."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NODEGRAPH_SETTINGS"] = str(Path(folder) / "settings.ini")
        PICTURES.mkdir(parents=True, exist_ok=True)
        for made in (export_seed(), grab_window("light"), grab_window("dark")):
            print(f"made {made.relative_to(ROOT)}")
    return 0


def export_seed() -> Path:
    """The seed example as `nodegraph export` makes it."""
    import nodegraph
    from nodegraph import resources

    path = PICTURES / "seed.png"
    nodegraph.export(nodegraph.load(resources.path("examples", "seed", "seed-L.nodegraph")), path, scale=1.5)
    return path


def grab_window(theme: str) -> Path:
    """The main window with the seed example at the tenth step, node a selected."""
    from PySide6.QtWidgets import QApplication

    from nodegraph import resources
    from nodegraph.app import create_window, settings

    window = create_window(resources.path("examples", "seed", "seed-L.nodegraph"))
    window.resize(WIDTH, HEIGHT)
    window.settings.set(settings.THEME, theme)
    window.show()
    QApplication.processEvents()
    window.player.seek(STEP)
    window.scene.select(["a"])
    window.canvas.fit()
    QApplication.processEvents()
    path = PICTURES / f"window-{theme}.png"
    window.grab().save(str(path))
    window.close()
    return path


if __name__ == "__main__":
    sys.exit(main())
