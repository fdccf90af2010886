"""How well the pictures of graphs can be read, beside those of Graphviz dot where it is installed.

Each graph is drawn after its backward pass. Dot is given the same cards with the same ports, left to right;
it draws no numbers on its edges, so that what labels cover is counted in our pictures alone.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from nodegraph.canvas.drawing.geometry import flattened_to
from nodegraph.canvas.picture import ensure_application
from nodegraph.canvas.picture_record import TOLERANCE, picture_of
from nodegraph.core.building.expression import parse
from nodegraph.core.engine.moments import frame_at
from nodegraph.core.engine.passes import run
from nodegraph.core.graph.edits import port_count
from nodegraph.core.graph.graph import Graph
from nodegraph.core.layout.card_size import node_size
from nodegraph.core.layout.legibility import MEASURES, DrawnEdge, Legibility, Picture, legibility_of
from nodegraph.formats import files

POINTS_PER_INCH = 72.0
COLUMN = 10
GRAPHS = Path(__file__).resolve().parent.parent / "tests" / "graphs"


def read(path: Path) -> Graph:
    """A document, or a text file with an expression on its first line and values on its second."""
    if path.suffix != ".txt":
        return files.load(path)
    text, values = path.read_text(encoding="utf-8").strip().split("\n")
    return parse(text, **{name: float(value) for name, value in (word.split("=") for word in values.split())})


def drawn_by_dot(graph: Graph, *, with_ports: bool) -> Picture:
    """What Graphviz makes of the same cards; without ports each edge may end anywhere on its card."""
    found = json.loads(
        subprocess.run(
            ["dot", "-Tjson"],
            input=_dot_text(graph, with_ports),
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
    )
    nodes = found.get("objects", [])
    cards = {node["name"]: _card(node) for node in nodes}
    edges = []
    for edge in found.get("edges", []):
        spline = np.array([[float(x) for x in place.split(",")] for place in edge["pos"].split()])
        pieces = np.stack([spline[i : i + 4] for i in range(0, len(spline) - 1, 3)])
        source, target = nodes[edge["tail"]]["name"], nodes[edge["head"]]["name"]
        edges.append(DrawnEdge(source, target, int(edge["comment"]), flattened_to(pieces, TOLERANCE)))
    _, _, width, height = (float(x) for x in found["bb"].split(","))
    return Picture((width, height), cards, edges)


def _dot_text(graph: Graph, with_ports: bool) -> str:
    lines = ["digraph {", "rankdir=LR; edge [arrowhead=none]; node [shape=plain];"]
    number = {node.id: place for place, node in enumerate(graph.nodes())}
    for node in graph.nodes():
        table = _table(*node_size(graph, node.id), port_count(graph, node.id))
        lines.append(f"n{number[node.id]} [label=<{table}>];")
    for edge in graph.edges():
        source, target = f"n{number[edge.source]}", f"n{number[edge.target]}"
        ends = f"{source}:o -> {target}:i{edge.port}" if with_ports else f"{source} -> {target}"
        lines.append(f'{ends} [comment="{edge.port}"];')
    return "\n".join([*lines, "}"])


def _table(width: float, height: float, ports: int) -> str:
    """A card as a table: a cell for each input on its left half, one for the output on its right."""
    cell = '<TD PORT="{}" WIDTH="{:.0f}" HEIGHT="{:.0f}" FIXEDSIZE="TRUE"{}></TD>'
    rows = max(1, ports)
    out = cell.format("o", width / 2, height, f' ROWSPAN="{rows}"')
    ins = [cell.format(f"i{port}", width / 2, height / rows, "") for port in range(rows)]
    body = "".join(f"<TR>{each}{out if place == 0 else ''}</TR>" for place, each in enumerate(ins))
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{body}</TABLE>'


def _card(node: dict[str, str]) -> tuple[float, float, float, float]:
    x, y = (float(part) for part in node["pos"].split(","))
    width, height = float(node["width"]) * POINTS_PER_INCH, float(node["height"]) * POINTS_PER_INCH
    return x - width / 2, y - height / 2, width, height


# --- the report
def report(paths: Iterable[Path]) -> None:
    """Print a line for each graph and one for all, ours and then dot's."""
    application = ensure_application()
    has_dot = shutil.which("dot") is not None
    print("ours" if has_dot else "ours; dot is not installed, skipped")
    _line("", [*(heading.partition(" on ")[2] or heading for heading in MEASURES), "area"], has_dot)
    found: list[list[Legibility]] = []
    for path in paths:
        graph = read(path)
        row = [legibility_of(picture_of(graph, frame_at(run(graph))))]
        if has_dot:
            row += [legibility_of(drawn_by_dot(graph, with_ports=ports)) for ports in (True, False)]
        found.append(row)
        _line(path.stem, _cells(row))
    _line("all", _cells([sum(column[1:], column[0]) for column in zip(*found, strict=True)]))
    del application


def _cells(row: list[Legibility]) -> list[str]:
    """Our counts and, beside them, dot's."""
    ours, *dots = row
    cells = [f"{of(ours):.0f}" for of in MEASURES.values()] + [f"{ours.area / 1e6:.2f} M"]
    cells += [str(one.crossings) for one in dots]
    return cells + [f"{ours.area / one.area:.2f} x" for one in dots[:1]]


def _line(name: str, cells: Iterable[str], heads_dot: bool = False) -> None:
    cells = [*cells, *(("dot", "dot, no ports", "area") if heads_dot else ())]
    print(f"{name:14}" + "".join(f"{cell:>{max(COLUMN, len(cell) + 2)}}" for cell in cells), flush=True)
