"""Make the pictures of README and guide with the program itself: the window at work, and an exported graph.

Run it after a change of the look: `.venv/bin/python scripts/pictures.py`. It needs no screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "resources" / "pictures"
WIDTH, HEIGHT = 1440, 900
STEP = 10
REST_S = 2.5
"""How long a window is given to come to rest."""


def main() -> int:
    """Write the pictures anew and say where."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NODEGRAPH_SETTINGS"] = str(Path(folder) / "settings.ini")
        PICTURES.mkdir(parents=True, exist_ok=True)
        windows = grab_window("light"), grab_window("dark"), grab_training(), grab_stage()
        for made in (*export_seed(), *windows):
            print(f"made {made.relative_to(ROOT)}")
    return 0


def export_seed() -> list[Path]:
    """The seed example as `nodegraph export` makes it: a picture, a figure for a column of a paper, and both
    passes as an animation.
    """
    import nodegraph
    from nodegraph import resources

    seed = nodegraph.load(resources.path("examples", "seed", "seed-L.nodegraph"))
    picture, figure, moving = (PICTURES / name for name in ("seed.png", "seed-figure.png", "seed.gif"))
    nodegraph.export(seed, picture, scale=1.5)
    nodegraph.export(seed, figure, width="single", dpi=200, theme="print", notation="compact")
    nodegraph.export(seed, moving, width="720px")
    return [picture, figure, moving]


def grab_window(theme: str) -> Path:
    """The main window with the seed example at the tenth step, and the derivation of node a."""
    from nodegraph import resources
    from nodegraph.app import create_window
    from nodegraph.app.platform import settings

    window = create_window(resources.path("examples", "seed", "seed-L.nodegraph"))
    window.settings.set(settings.THEME, theme)
    show(window, "derivation")
    window.player.seek(STEP)
    window.scene.select(["a"])
    return grab(window, f"window-{theme}.png")


def grab_training() -> Path:
    """The main window with the XOR network after a run, its loss drawn."""
    from nodegraph import resources
    from nodegraph.app import create_window
    from nodegraph.app.platform import settings

    window = create_window(resources.path("examples", "networks", "xor-2-4-1.nodegraph"))
    window.settings.set(settings.THEME, "light")
    show(window, "training")
    window.player.to_end()
    window.commands.actions["train.run"].trigger()
    settle(lambda: not window.features.training.trainer.is_running)
    window.document.stack.setClean()
    return grab(window, "training.png")


def grab_stage() -> Path:
    """The main window with a network that has learnt two moons, and the stage at a step on the way there."""
    from nodegraph.app import create_window
    from nodegraph.app.platform import settings
    from nodegraph.core.building.networks import mlp
    from nodegraph.core.data.generators import generate
    from nodegraph.core.graph.graph import Graph
    from nodegraph.core.training import bindings
    from nodegraph.core.training.setup import Setup

    graph = Graph()
    graph.apply(mlp(graph, [2, 8, 1], "tanh", "sigmoid", "cross_entropy", seed=2))
    graph.apply(bindings.set_table(graph, generate("moons", 100, 0.1, 1)))
    graph.apply(bindings.bind_by_name(graph))
    graph.apply(bindings.set_training(graph, Setup(optimizer="adam", settings={"rate": 0.1}, steps=200)))
    window = create_window()
    window.settings.set(settings.THEME, "light")
    show(window, "stage")
    window.document.replace(graph)
    window.player.to_end()
    window.commands.actions["train.run"].trigger()
    settle(lambda: not window.features.training.trainer.is_running)
    window.features.stage.travel.go(120)
    window.document.stack.setClean()
    return grab(window, "stage.png")


def show(window: Any, page: str) -> None:
    """Show the window with this page of its workbench, and wait until what loads aside is there."""
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.commands.actions[f"view.{page}"].trigger()
    settle()


def settle(is_done: Callable[[], bool] = lambda: True) -> None:
    """Let the window paint, type set its formulas and do what it is about."""
    from PySide6.QtWidgets import QApplication

    start = time.monotonic()
    while time.monotonic() - start < REST_S or not is_done():
        QApplication.processEvents()


def grab(window: Any, name: str) -> Path:
    """Fit the graph, and write what the window shows."""
    window.canvas.fit()
    settle()
    path = PICTURES / name
    window.grab().save(str(path))
    window.close()
    return path


if __name__ == "__main__":
    sys.exit(main())
