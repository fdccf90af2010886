"""The page: one file that needs nothing else, in which readers play both passes and change the inputs.

It names by their digests the only script and style that may run, and may fetch nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache

from PySide6.QtCore import QRectF

from nodegraph import resources
from nodegraph.canvas.drawing.theme import CONTRAST, DARK, FAMILY, LIGHT, Theme
from nodegraph.canvas.page import data
from nodegraph.canvas.page.drawing import drawing
from nodegraph.canvas.page.markup import plain_text
from nodegraph.canvas.page.program import program
from nodegraph.canvas.scene.scene import GraphScene
from nodegraph.core import type_widths
from nodegraph.core.engine.trace import Frame
from nodegraph.core.graph.graph import Graph
from nodegraph.core.typeset import GREEK, Typeset
from nodegraph.formats import native
from nodegraph.formats.pictures import html as html_format

_WEIGHTS = (400, 700)
_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; font-src data:; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_SHELL = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="nodegraph">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{document}
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" id="page-data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def page(graph: Graph, frame: Frame, scene: GraphScene, area: QRectF) -> bytes:
    """Returns the page as a file that opens again as the graph. The scene shows the frame already."""
    title = graph.title or scene.output_name or "Graph"
    for _chip in scene.chip_layer.settle(1.0):
        pass
    picture = drawing(scene, frame, data.numbering_of(frame.trace), area, title)
    rules = data.rules_of(frame.trace.plan)
    script = _script(program().text(data.operations_of(frame, rules)))
    has_greek = bool(GREEK.keys() & set(picture))
    style = _style("-greek" if has_greek else "")
    shown = {
        "graph": data.graph_data(frame.trace),
        "rules": rules,
        "position": frame.position,
        "highlight": bool(scene.active_nodes),
        "labels": scene.showing.wording.labels,
        "digits": scene.showing.wording.digits,
        "widths": _widths(has_greek=has_greek),
        **_names(scene),
    }
    policy = _POLICY.format(script=_digest(script), style=_digest(style))
    return _SHELL.format(
        policy=policy,
        title=plain_text(title),
        document=html_format.carried(native.write(graph)),
        style=style,
        body=_body().format(title=plain_text(title), graph=picture),
        data=_json(shown),
        script=script,
    ).encode()


def _json(value: object) -> str:
    """JSON that may stand in a script element: nothing in it begins or ends one."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _names(scene: GraphScene) -> dict[str, object]:
    """How names that sentences have plain are written on cards: what stands on the line, and below it."""
    labels = {node.name: scene.showing.label(node.name) for node in scene.graph.nodes()}
    parts = {
        name: [text for text, _low in label.parts] if isinstance(label, Typeset) else [label]
        for name, label in labels.items()
        if label != name
    }
    return {"names": parts} if parts else {}


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _widths(*, has_greek: bool) -> dict[str, object]:
    """How wide the characters are that a page may write, for it to see which fit on a card."""
    characters = "".join(c for c in type_widths.CHARACTERS if has_greek or c not in GREEK)
    known = dict(zip(type_widths.CHARACTERS, type_widths.THOUSANDTHS["bold"], strict=True))
    return {"characters": characters, "thousandths": [known[c] for c in characters]}


@cache
def _resource(name: str) -> str:
    return resources.path("page", name).read_text(encoding="utf-8")


@cache
def _body() -> str:
    return _resource("body.html").strip()


def _script(translated: str) -> str:
    runtime, host, engine, player = (
        _small(_resource(f"{name}.js")) for name in ("runtime", "host", "engine", "player")
    )
    pieces = (_needed(runtime, translated), host, translated, engine, player)
    return _NEEDLESS_END.sub("", "\n".join(("(()=>{'use strict';", *pieces, "})();")))


def _needed(runtime: str, translated: str) -> str:
    """The runtime without what it has of numpy and nothing here names: an entry is a line of its own."""
    before, begin, rest = runtime.partition("numpy:{\n")
    table, end, after = rest.partition("\n},\n};")
    entries = {re.split("[:,]", entry)[0]: entry for entry in table.split("\n")}
    needed, waiting = set(), [before, after, translated]
    while waiting:
        named = _OF_NUMPY.findall(waiting.pop())
        waiting.extend(entries[name] for name in named if name in entries and name not in needed)
        needed.update(named)
    kept = "\n".join(entry for name, entry in entries.items() if name in needed)
    return before + begin + kept + end + after


_COMMENT = re.compile(r"(?m)^\s*//.*\n|\s+// [^'\"`\n]*$")
_INDENT = re.compile(r"(?m)^\s+")
_NEEDLESS_END = re.compile(r"(?<=[;,({])\n|\n(?=})")
"""The end of a line that ends no statement; no text of the script holds one."""
_OF_NUMPY = re.compile(r"\b(?:N|numpy)\.(\w+)")
_TEXT = re.compile(r"('[^'\n]*'|`[^`]*`|\"[^\"\n]*\")")
_SPARE = re.compile(r"[ \t]*([=+\-*/%<>!&|?:;,{}()\[\]])[ \t]*")


@cache
def _small(text: str) -> str:
    """A script or a style without its comments, indents and spare blanks; texts in it stay as they are."""
    pieces = _TEXT.split(_INDENT.sub("", _COMMENT.sub("", text)).strip())
    return "".join(piece if place % 2 else _SPARE.sub(r"\1", piece) for place, piece in enumerate(pieces))


# --- looks
@cache
def _style(part: str) -> str:
    """The style of the page, with the colours of the themes and the typeface, or also a part more of that."""
    variables = (
        f":root{{{_colours(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}\n"
        f"@media screen and (prefers-contrast:more){{:root{{{_colours(CONTRAST)}}}}}\n"
    )
    faces = "".join(_font_face(weight, name) for weight in _WEIGHTS for name in sorted({"", part}))
    return faces + variables + _resource("page.css").replace("\n", "")


def _colours(theme: Theme) -> str:
    names = (
        "background panel field line text dim card head border shadow edge accent forward forward_back "
        "positive positive_back negative negative_back danger danger_back stale stale_back"
    )
    return "".join(f"--{name.replace('_', '-')}:{getattr(theme, name)};" for name in names.split())


def _font_face(weight: int, part: str) -> str:
    """A rule that brings the typeface in one weight: its Latin letters and signs, or a part beside them."""
    file = resources.path("page", f"Inter-{weight}{part}.woff2").read_bytes()
    reach = "unicode-range:U+370-3FF;" if part else ""
    return (
        f"@font-face{{font-family:{FAMILY};font-weight:{weight};{reach}"
        f"src:url(data:font/woff2;base64,{base64.b64encode(file).decode()}) format('woff2')}}\n"
    )
