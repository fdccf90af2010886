"""What the commands share: the graph of a file and into one, what was set, and what a refusal is about.

Loads what it needs when it is called, so that a command that is refused is so at once.
"""

from __future__ import annotations

import contextlib
import difflib
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nodegraph.cli.arguments import UsageError
from nodegraph.core.errors import NodegraphError, Refused
from nodegraph.core.numbers import read_number
from nodegraph.core.quoting import quoted

if TYPE_CHECKING:
    from nodegraph.core.graph.graph import Graph


def graph_of(file: str, typed: Sequence[str]) -> Graph:
    """Returns the graph of a file, with the values that were set."""
    from nodegraph.cli import streams
    from nodegraph.core.graph import edits
    from nodegraph.formats import files

    settings = settings_of(typed)
    _refuse_absent(file)
    with about(called(file)):
        graph = files.graph_of(streams.read(file))
        for name, value in settings.items():
            graph.apply(edits.set_value(graph, named(graph, name), value))
    return graph


def _refuse_absent(file: str) -> None:
    """Raise UsageError for a name of no file that lacks the ending of one, and for a text in its place."""
    if not file or file == "-" or os.path.lexists(file):
        return
    if os.path.exists(f"{file}.nodegraph"):
        raise UsageError(f"{called(file)}: There is no such file; did you mean {called(file)}.nodegraph?")
    if "=" in file:
        said = f'a text is made a document by: new "{quoted(called(file))}" -o FILE'
        raise UsageError(f"there is no file “{quoted(called(file))}”; {said}")


def demand_another_file(out: str | None, read: str | None) -> None:
    """Raise UsageError where what is written would take the place of what is read."""
    from nodegraph.cli import streams
    from nodegraph.formats import files

    if out is None or read is None or streams.is_stream(out) or streams.is_stream(read):
        return
    if files.is_same_file(out, read):
        raise UsageError(f"-o {out}: this would replace the file that is read; name it differently")


def write_document(graph: Graph, path: str) -> None:
    """Write a graph as a document, to a file whole or not at all, or to a stream."""
    from nodegraph.cli import streams
    from nodegraph.formats import files, native

    with about(called(path, "standard output")):
        if streams.is_stream(path):
            data = native.write(graph)
            native.check(data)
            streams.write(path, data)
        else:
            files.save(graph, path)


def settings_of(typed: Sequence[str], option: str = "--set") -> dict[str, float]:
    """The values that were set, by name; a name that is set twice is refused."""
    settings: dict[str, float] = {}
    for text in typed:
        name, value = setting_of(text, option)
        if name in settings:
            raise UsageError(f"{option} {text}: {name} is set twice; leave one of them out")
        settings[name] = value
    return settings


def setting_of(text: str, option: str) -> tuple[str, float]:
    """The name and the value of `--set NAME=VALUE`; a name may hold an equals sign, a value cannot, and no
    name has space around it.
    """
    name, equals, value = text.rpartition("=")
    name = name.strip()
    if not name or not equals:
        raise UsageError(f"{option} {text}: write a name and a value, such as a=3")
    with about(f"{option} {text}"):
        return name, read_number(value)


def refuse_several(option: str, text: str, parts: Sequence[str]) -> None:
    """Raise UsageError for what was typed behind one option and belongs behind several."""
    if len(parts) > 1:
        apart = " ".join(f"{option} {part.strip()}" for part in parts)
        raise UsageError(f"{option} {text}: each has an option of its own: {apart}")


def named(graph: Graph, name: str) -> str:
    """The id of the node of this name; Refused with what there is instead."""
    node = graph.named(name)
    if node is not None:
        return node.id
    if "=" in name:
        raise Refused(f"There is no node {name}; each value has an option of its own: --set a=3 --set b=2.")
    names = [node.name for node in graph.nodes()]
    near = difflib.get_close_matches(name, names, 1)
    if near:
        raise Refused(f"There is no node {name}; did you mean {near[0]}?")
    listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    raise Refused(
        f"There is no node {name}; {f'the nodes are {listed}' if names else 'there is none at all'}."
    )


def called(path: str, standard: str = "standard input") -> str:
    """What a file is called in a sentence about it. A name in UTF-8 is one whatever the system's language is,
    which may give it in bytes.
    """
    with contextlib.suppress(UnicodeError):
        path = path.encode("utf-8", "surrogateescape").decode()
    return standard if path == "-" else path or "“”"


@contextlib.contextmanager
def about(what: str) -> Iterator[None]:
    """Say what a refusal is about: a file, or a word that was typed."""
    try:
        yield
    except NodegraphError as error:
        raise UsageError(f"{what}: {error}") from None
