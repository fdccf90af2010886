"""A picture of each step of both passes, for slides: the pages of one PDF, or the files of a folder."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.exporters import EXPORTERS, Exporter
from nodegraph.cli import streams
from nodegraph.core.errors import DocumentError, Refused

if TYPE_CHECKING:
    from nodegraph.canvas.figure import PictureOptions
    from nodegraph.core.engine.trace import Trace
    from nodegraph.core.graph.graph import Graph

PDF = ".pdf"
MOST_PAGES = 2000


def is_folder(out: str) -> bool:
    """Whether a name means a folder."""
    return out.endswith(("/", os.sep)) or os.path.isdir(out)


def format_of_steps(out: str, streamed: str) -> Exporter:
    """Returns the format of the pictures. Raises Refused where OUT can hold no more than one of them."""
    suffix = f".{streamed}" if is_folder(out) else PDF
    if not is_folder(out) and not out.lower().endswith(PDF):
        raise Refused("A picture of each step goes into a folder, such as steps/, or into a PDF.")
    if suffix in ANIMATIONS or suffix not in EXPORTERS:
        raise Refused(f"A folder holds a picture of each step as {', '.join(one[1:] for one in EXPORTERS)}.")
    return EXPORTERS[suffix]


def write_steps(
    graph: Graph, trace: Trace, out: str, stem: str, kind: Exporter, options: PictureOptions
) -> list[str]:
    """Write a picture of each step. Returns the names of files in the folder that an earlier run with more
    steps has left. Raises Refused or DocumentError where a picture cannot be made.
    """
    count = len(trace.steps) + 1
    if count > MOST_PAGES:
        raise Refused(f"Both passes have {count - 1:,} steps; at most {MOST_PAGES - 1:,} are written so.")
    if not is_folder(out):
        from nodegraph.canvas.pdf import pdf_of_steps

        streams.write(out, pdf_of_steps(graph, trace, options))
        return []
    made = _write_folder(graph, trace, Path(out), stem, kind, options)
    alike = re.compile(re.escape(f"{stem}-") + "[0-9]+" + re.escape(kind.suffix))
    names = (path.name for path in Path(out).iterdir() if alike.fullmatch(path.name))
    return sorted(set(names) - set(made))


def about_others(names: Sequence[str]) -> str:
    """Returns what is said of pictures that an earlier run with more steps has left.

    >>> about_others(["seed-12.svg"])  # doctest: +NORMALIZE_WHITESPACE
    '1 more picture is there, as an earlier run with more steps leaves it, seed-12.svg;
    delete it if it is not wanted'
    """
    if len(names) == 1:
        return (
            f"1 more picture is there, as an earlier run with more steps leaves it, {names[0]}; "
            "delete it if it is not wanted"
        )
    return (
        f"{len(names)} more pictures are there, as an earlier run with more steps leaves them, "
        f"from {names[0]} to {names[-1]}; delete them if they are not wanted"
    )


def _write_folder(
    graph: Graph, trace: Trace, folder: Path, stem: str, kind: Exporter, options: PictureOptions
) -> list[str]:
    """Write all pictures aside first, then put them into the folder. Returns their names."""
    from nodegraph.formats import files

    digits = len(str(len(trace.steps)))
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".nodegraph-") as aside:
            made = []
            for position in range(len(trace.steps) + 1):
                name = f"{stem}-{position:0{digits}}{kind.suffix}"
                Path(aside, name).write_bytes(kind.write(graph, trace.frame(position), options))
                made.append(name)
            for name in made:
                os.replace(Path(aside, name), folder / name)
            return made
    except OSError as error:
        raise DocumentError(files.sentence_for(error, writing=True)) from None
