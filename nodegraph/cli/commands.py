"""The commands: each takes its arguments, prints what it finds and returns the exit status.

Everything but `edit`, `export` and `layout` works without Qt.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nodegraph.cli import output
from nodegraph.cli.arguments import UsageError
from nodegraph.core.errors import NodegraphError, Refused, TextError
from nodegraph.core.numbers import read_number
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.core.graph.graph import Graph

DONE, NOT_FULLY = 0, 1
LONGEST_MARKED_LINE = 100


# --- the commands
def new(arguments: Namespace) -> int:
    """Make a document from text, or a test graph of a size."""
    from nodegraph.cli import shapes, streams
    from nodegraph.core.building.expression import constants_note
    from nodegraph.formats import files, native

    graph = shapes.graph_of(arguments) or _read(arguments)
    with _about(_called(arguments.out, "standard output")):
        if streams.is_stream(arguments.out):
            data = native.write(graph)
            native.check(data)
            streams.write(arguments.out, data)
        else:
            files.save(graph, arguments.out)
    if arguments.text is not None:
        output.note(constants_note(graph.nodes()))
    return DONE


def run(arguments: Namespace) -> int:
    """Run both passes and print them."""
    graph = _graph(arguments)  # first: a file that is refused should not wait for what follows to be loaded

    from nodegraph.cli import records, tables
    from nodegraph.core.engine import passes
    from nodegraph.core.graph import edits

    if arguments.output is not None:
        with _about(_called(arguments.file)):
            graph.apply(edits.set_output(graph, _named(graph, arguments.output)))
    trace = passes.run(graph)
    _note_unused(graph)
    if arguments.json:
        output.say(records.passes(trace))
    else:
        output.say_all(tables.passes(graph, trace))
    return NOT_FULLY if trace.problems else DONE


def explain(arguments: Namespace) -> int:
    """Tell the chain rule, step by step or for one node; or write it as a sheet."""
    graph = _graph(arguments)

    from nodegraph.cli import records, streams, tables
    from nodegraph.core.engine import passes
    from nodegraph.core.explain import derivation_sheet

    trace = passes.run(graph)
    node_id = None
    if arguments.node is not None:
        with _about(_called(arguments.file)):
            node_id = _named(graph, arguments.node)
    if arguments.json:
        if arguments.format or arguments.out:
            raise UsageError("--json prints an object; leave out --format and -o")
        told = (
            records.one_node(trace, node_id) if node_id is not None else records.steps(trace, arguments.most)
        )
        output.say(told)
        return NOT_FULLY if trace.problems else DONE
    standard = arguments.out is None or streams.is_stream(arguments.out)
    kind = arguments.format or ("text" if standard else derivation_sheet.format_of(arguments.out))
    if kind is None:
        raise UsageError(f"{arguments.out}: let its name end in .txt, .md, .tex or .html, or say --format")
    if kind == "text":
        lines = (
            tables.steps(graph, trace, arguments.most) if node_id is None else tables.one_node(trace, node_id)
        )
        lines = map(quoted, lines)
    else:
        lines = iter(derivation_sheet.write_sheet(graph, trace, kind, node_id).rstrip("\n").split("\n"))
    if arguments.out is None:
        output.say_all(lines)
    else:
        with _about(_called(arguments.out, "standard output")):
            streams.write(arguments.out, "".join(f"{line}\n" for line in lines).encode())
    return NOT_FULLY if trace.problems else DONE


def check(arguments: Namespace) -> int:
    """Compare every gradient with a numerical derivative."""
    graph = _graph(arguments)

    from nodegraph.cli import records, tables
    from nodegraph.core.engine import passes
    from nodegraph.core.engine.gradient_check import asked_nodes, check_most

    trace = passes.run(graph)
    _note_unused(graph)
    found = check_most(trace, arguments.most)
    left_out = len(asked_nodes(trace)) - len(found)
    if arguments.json:
        output.say(records.checks(trace, found, left_out))
    elif found:
        output.say_all(tables.checks(found, left_out))
    else:
        output.say("There is no gradient to check.")
    if not arguments.json:
        output.say_all(tables.problems(trace))
    return NOT_FULLY if trace.problems or any(one.differs for one in found) else DONE


def export(arguments: Namespace) -> int:
    """Write a picture of the graph."""
    from nodegraph.canvas.exporters import exporter_of
    from nodegraph.cli import environment, streams

    graph = _graph(arguments)
    streamed = streams.is_stream(arguments.out)
    if not streamed:
        with _about(_called(arguments.out, "standard output")):
            exporter_of(arguments.out)
    environment.demand_painting()
    import nodegraph

    with _about(_called(arguments.out, "standard output")), tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "picture.png") if streamed else arguments.out
        nodegraph.export(
            graph,
            path,
            arguments.scale,
            theme=arguments.theme,
            transparent=arguments.transparent,
            margin=arguments.margin,
            after=arguments.after,
            step=arguments.step,
            labels=arguments.labels,
            digits=arguments.digits,
            edges=arguments.edges,
            arrowheads=arguments.arrowheads,
            plain_names=arguments.plain_names,
        )
        if streamed:
            streams.write(arguments.out, Path(path).read_bytes())
    return DONE


def layout(arguments: Namespace) -> int:
    """Print where cards, edges and labels lie in the picture of the graph."""
    from nodegraph.cli import environment
    from nodegraph.core.engine.moments import frame_at
    from nodegraph.core.engine.passes import run as run_passes

    graph = _graph(arguments)
    trace = run_passes(graph)
    with _about(_called(arguments.file)):
        frame = frame_at(trace, arguments.after, arguments.step)
    environment.demand_painting()
    from nodegraph.canvas.drawing.edge_kinds import EdgeStyle
    from nodegraph.canvas.drawing.wording import Wording
    from nodegraph.canvas.picture import ensure_application
    from nodegraph.canvas.picture_record import picture_of
    from nodegraph.cli import layout as printed

    application = ensure_application()
    wording = Wording(arguments.labels, arguments.digits, not arguments.plain_names)
    style = EdgeStyle(arguments.edges, arguments.arrowheads)
    picture = picture_of(graph, frame, arguments.zoom, wording, style, highlight=arguments.step is not None)
    if arguments.json:
        output.say(printed.as_json(picture))
    else:
        output.say_all(printed.as_lines(picture))
    del application  # fonts needed it until here
    return DONE


def completion(arguments: Namespace) -> int:
    """Print the script for a shell's completion."""
    from nodegraph.cli import environment

    environment.demand_package("shtab", "shtab")
    from nodegraph.cli.completion import script

    output.pour(script(arguments.shell).encode())
    return DONE


def edit(arguments: Namespace) -> int:
    """Open the editor, on a file or on nothing."""
    from nodegraph.cli import environment

    if arguments.file == "-":
        raise UsageError("the editor opens files; give it a name, or a command that reads standard input")
    if arguments.file is not None:
        from nodegraph.formats.files import check_readable

        with _about(_called(arguments.file)):
            check_readable(arguments.file)
    environment.demand_window()
    from nodegraph.app import main

    status: int = main(arguments.file)
    return status


# --- what they share
def _read(arguments: Namespace) -> Graph:
    """The graph of the text, laid out."""
    from nodegraph.cli import streams
    from nodegraph.core.building.expression import parse_with
    from nodegraph.core.layout.placement import place_missing

    values = dict(_setting(setting) for setting in arguments.settings)
    text = arguments.text.strip()
    with _about(_called(text)):
        text = streams.read_text(text) if text == streams.STANDARD else text
    try:
        graph = parse_with(text.strip("\r\n"), values, binary=arguments.binary)
    except TextError as error:
        raise UsageError(str(error), _marked(error)) from None
    graph.apply(place_missing(graph))
    return graph


def _graph(arguments: Namespace) -> Graph:
    """The graph of the file, with the values that were set."""
    from nodegraph.cli import streams
    from nodegraph.core.graph import edits
    from nodegraph.formats import files

    settings = [_setting(setting) for setting in arguments.settings]
    with _about(_called(arguments.file)):
        graph = files.graph_of(streams.read(arguments.file))
        for name, value in settings:
            graph.apply(edits.set_value(graph, _named(graph, name), value))
    return graph


def _note_unused(graph: Graph) -> None:
    """Note which columns of the document's table no input takes."""
    from nodegraph.core.training.bindings import unused_data

    ignored = unused_data(graph)
    output.note(ignored.sentence if ignored.columns else "")


def _setting(text: str) -> tuple[str, float]:
    """The name and the value of `--set NAME=VALUE`; a name may hold an equals sign, a value cannot."""
    name, equals, value = text.rpartition("=")
    if not name or not equals:
        raise UsageError(f"--set {text}: write a name and a value, such as a=3")
    with _about(f"--set {text}"):
        return name, read_number(value)


def _named(graph: Graph, name: str) -> str:
    """The id of the node of this name; Refused with what there is instead."""
    node = graph.named(name)
    if node is not None:
        return node.id
    names = [node.name for node in graph.nodes()]
    near = difflib.get_close_matches(name, names, 1)
    if near:
        raise Refused(f"There is no node {name}; did you mean {near[0]}?")
    listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    raise Refused(
        f"There is no node {name}; {f'the nodes are {listed}' if names else 'there is none at all'}."
    )


def _called(path: str, standard: str = "standard input") -> str:
    """What a file is called in a sentence about it."""
    return standard if path == "-" else path or "“”"


@contextlib.contextmanager
def _about(what: str) -> Iterator[None]:
    """Say what a refusal is about: a file, or a word that was typed."""
    try:
        yield
    except NodegraphError as error:
        raise UsageError(f"{what}: {error}") from None


def _marked(error: TextError) -> str:
    """The line of the text, or the part of it that fits, with a caret below the place."""
    from nodegraph.cli.tables import columns

    place = error.column - 1
    start = max(0, place - LONGEST_MARKED_LINE // 2)
    piece = error.source_line[start : start + LONGEST_MARKED_LINE]
    if not piece.strip():
        return ""
    return f"  {quoted(piece)}\n  {' ' * columns(quoted(error.source_line[start:place]))}^"
