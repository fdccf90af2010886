"""The commands: each takes its arguments, prints what it finds and returns the exit status.

Everything but `edit`, `export` and `layout` works without Qt.
"""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from nodegraph.cli import output
from nodegraph.cli.arguments import UsageError
from nodegraph.cli.reading import (
    about,
    called,
    demand_another_file,
    graph_of,
    named,
    refuse_several,
    settings_of,
    write_document,
)
from nodegraph.core.errors import TextError
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.core.graph.graph import Graph

DONE, NOT_FULLY = 0, 1
LONGEST_MARKED_LINE = 100


# --- the commands
def new(arguments: Namespace) -> int:
    """Make a document from text, a test graph of a size, or one that another program wrote."""
    from nodegraph.cli import shapes
    from nodegraph.core.building.text_notes import whole_text_note
    from nodegraph.formats.foreign.formula_files import is_to_be_read_as_text

    demand_another_file(arguments.out, arguments.foreign)
    kind = shapes.kind_of(arguments)
    data = _bytes_of(arguments.foreign)
    is_text = kind is None or (kind == "from" and is_to_be_read_as_text(arguments.foreign, data))
    shapes.demand_fitting_options(arguments, kind, is_text=is_text)
    if kind is None or is_text:
        graph = _read(arguments, data)
    elif kind == "from":
        graph = _read_foreign(arguments, data)
    else:
        graph = shapes.graph_of(arguments, kind)
    write_document(graph, arguments.out)
    if is_text:
        output.note(whole_text_note(graph))
    return DONE


def run(arguments: Namespace) -> int:
    """Run both passes and print them."""
    graph = graph_of(
        arguments.file, arguments.settings
    )  # first: a file that is refused should not wait for what follows to be loaded

    from nodegraph.cli import tables
    from nodegraph.core.engine import passes
    from nodegraph.core.graph import edits

    if arguments.output is not None:
        with about(called(arguments.file)):
            graph.apply(edits.set_output(graph, named(graph, arguments.output)))
    trace = passes.run(graph)
    _note_unused(graph)
    if arguments.json:
        from nodegraph.cli import records

        output.say(records.passes(trace))
    else:
        output.say_all(tables.passes(graph, trace))
    return NOT_FULLY if trace.problems else DONE


def explain(arguments: Namespace) -> int:
    """Tell the chain rule, step by step or for one node; or write it as a sheet."""
    if arguments.node is not None and os.path.exists(arguments.node) and not os.path.exists(arguments.file):
        raise UsageError(f"the file stands first: nodegraph explain {arguments.node} {arguments.file}")
    demand_another_file(arguments.out, arguments.file)
    graph = graph_of(arguments.file, arguments.settings)

    from nodegraph.cli import meaning, records, streams, tables
    from nodegraph.core.engine import passes
    from nodegraph.core.explain import derivation_sheet

    trace = passes.run(graph)
    node_id = None
    if arguments.node is not None:
        with about(called(arguments.file)):
            node_id = named(graph, arguments.node)
    kind = _told_as(arguments)
    for note in meaning.notes_of_telling(arguments, kind):
        output.note(note)
    if kind == "json":
        told = (
            records.one_node(trace, node_id) if node_id is not None else records.steps(trace, arguments.most)
        )
        output.say(told)
        return NOT_FULLY if trace.problems else DONE
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
        with about(called(arguments.out, "standard output")):
            streams.write(arguments.out, "".join(f"{line}\n" for line in lines).encode())
    return NOT_FULLY if trace.problems else DONE


def check(arguments: Namespace) -> int:
    """Compare every gradient with a numerical derivative."""
    graph = graph_of(arguments.file, arguments.settings)

    from nodegraph.cli import records, tables
    from nodegraph.core.checks.gradient_check import asked_nodes, check_most
    from nodegraph.core.engine import passes

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
    """Write pictures of the graph, or of several."""
    from nodegraph.cli.export import export as write_pictures

    return write_pictures(arguments)


def train(arguments: Namespace) -> int:
    """Train the inputs, and write what was learnt."""
    from nodegraph.cli.training import train as take_steps

    return take_steps(arguments)


def data(arguments: Namespace) -> int:
    """Write a generated table."""
    from nodegraph.cli import streams
    from nodegraph.core.data.generators import generate
    from nodegraph.core.data.kinds import KINDS
    from nodegraph.formats.tables import csv_table

    if arguments.out != streams.STANDARD:
        with about(called(arguments.out)):
            csv_table.demand_table_name(arguments.out)
    kind, rows, noise, seed = arguments.kind, arguments.rows, arguments.noise, arguments.seed
    with about(f"data {kind}"):
        table = generate(kind, rows, noise, seed, signed=arguments.signed)
    if arguments.signed and not KINDS[kind].has_classes:
        output.note("--signed means nothing for a line, whose targets are no classes")
    with about(called(arguments.out, "standard output")):
        streams.write(arguments.out, csv_table.write(table))
    return DONE


def layout(arguments: Namespace) -> int:
    """Print where cards, edges and labels lie in the picture of the graph."""
    from nodegraph.cli import environment
    from nodegraph.core.engine.moments import frame_at
    from nodegraph.core.engine.passes import run as run_passes
    from nodegraph.core.graph.direction import Direction
    from nodegraph.core.layout.placement import turn

    graph = graph_of(arguments.file, arguments.settings)
    if arguments.direction is not None:
        graph.apply(turn(graph, Direction(arguments.direction)))
    trace = run_passes(graph)
    with about(called(arguments.file)):
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

        with about(called(arguments.file)):
            check_readable(arguments.file)
    environment.demand_window()
    if arguments.beside and arguments.file:
        from nodegraph.app import open_beside as open_editor
    else:
        from nodegraph.app import main as open_editor
    status: int = open_editor(arguments.file)
    return status


# --- what they share
def _told_as(arguments: Namespace) -> str:
    """Returns the format in which `explain` tells: json, or one of `derivation_sheet.SUFFIXES`."""
    from nodegraph.cli import meaning, streams
    from nodegraph.core.explain import derivation_sheet

    if arguments.json:
        if arguments.format or arguments.out:
            raise UsageError("--json prints an object; leave out --format and -o")
        return "json"
    if arguments.out is None or streams.is_stream(arguments.out):
        return str(arguments.format or "text")
    by_name = derivation_sheet.format_of(arguments.out)
    meaning.refuse_two_formats(arguments.out, by_name, arguments.format)
    kind = arguments.format or by_name
    if kind is None:
        raise UsageError(f"{arguments.out}: let its name end in .txt, .md, .tex or .html, or say --format")
    return str(kind)


def _bytes_of(file: str | None) -> bytes:
    """What stands in the file that was named, if any."""
    from nodegraph.cli import streams

    if file is None:
        return b""
    with about(called(file)):
        return streams.read(file)


def _read(arguments: Namespace, data: bytes) -> Graph:
    """The graph of the text that was typed, or of a file's, laid out."""
    from nodegraph.cli import streams
    from nodegraph.core.building.expression import parse_with
    from nodegraph.core.graph.direction import Direction
    from nodegraph.core.graph.edits import set_direction
    from nodegraph.core.layout.placement import place_missing

    for setting in arguments.settings:
        if setting.count("=") > 1 and all("=" in part for part in setting.split(",")):
            refuse_several("--set", setting, setting.split(","))
    values = settings_of(arguments.settings)
    text, where = (arguments.text or "").strip(), ""
    if arguments.foreign is not None:
        from nodegraph.formats.foreign.formula_files import text_in

        where = f"{called(arguments.foreign)}, "
        with about(called(arguments.foreign)):
            text = text_in(arguments.foreign, data)
    with about(called(text)):
        text = streams.read_text(text) if text == streams.STANDARD else text
    try:
        graph = parse_with(
            text.rstrip("\r\n") if where else text.strip("\r\n"), values, binary=arguments.binary
        )
    except TextError as error:
        if not where and os.path.isfile(text):
            raise UsageError(f"this is a file; to read the text in it, write --from {text}") from None
        raise UsageError(f"{where}{error}", _marked(error)) from None
    graph.apply(set_direction(graph, Direction(arguments.direction)))
    graph.apply(place_missing(graph))
    return graph


MAP_IT = "map it to an operation, as in --map MatMul=multiply"


def _read_foreign(arguments: Namespace, data: bytes) -> Graph:
    """The graph that another program wrote, laid out; what its words are taken for is said first."""
    from nodegraph.core.graph.direction import Direction
    from nodegraph.core.graph.edits import set_direction
    from nodegraph.core.layout.placement import place_missing
    from nodegraph.formats.foreign.formula_files import refuse_other_language
    from nodegraph.formats.foreign.networks import read_network
    from nodegraph.formats.foreign.reading import network_in

    given: dict[str, str] = {}
    for typed in arguments.map:
        word, equals, op = typed.rpartition("=")
        if not word or not equals:
            raise UsageError(f"--map {typed}: write a word and an operation, such as MatMul=multiply")
        if given.get(word, op) != op:
            raise UsageError(f"--map {typed}: {word} is already taken for {given[word]}")
        given[word] = op
    with about(called(arguments.foreign)):
        refuse_other_language(arguments.foreign, data)
        found = read_network(network_in(data), given, MAP_IT)
    graph = found.graph
    for told in (*(mapped.line for mapped in found.mapped), *found.notes):
        output.note(told)
    graph.apply(set_direction(graph, Direction(arguments.direction)))
    graph.apply(place_missing(graph))
    return graph


def _note_unused(graph: Graph) -> None:
    """Note which columns of the document's table no input takes."""
    from nodegraph.core.training.bindings import unused_data

    ignored = unused_data(graph)
    output.note(ignored.sentence if ignored.columns else "")


def _marked(error: TextError) -> str:
    """The line of the text, or the part of it that fits, with a caret below the place."""
    from nodegraph.cli.tables import columns

    place = error.column - 1
    start = max(0, place - LONGEST_MARKED_LINE // 2)
    piece = error.source_line[start : start + LONGEST_MARKED_LINE]
    if not piece.strip():
        return ""
    return f"  {quoted(piece)}\n  {' ' * columns(quoted(error.source_line[start:place]))}^"
