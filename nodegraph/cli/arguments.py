"""What may be typed after `nodegraph`, and the help that tells. Loads nothing of the mathematics, and
of what commands offer only what the one at hand does, so that the help is there at once.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import NoReturn

import nodegraph
from nodegraph.cli.options import data, looks, numbers, shapes, training
from nodegraph.cli.options.once_parser import OnceParser
from nodegraph.cli.options.stray_words import with_advice
from nodegraph.core.graph.direction import Direction

SMALLEST_ZOOM, LARGEST_ZOOM = 0.02, 8.0

_TOP_USAGE = "nodegraph [FILE]\n       nodegraph COMMAND …"
_TOP_DESCRIPTION = (
    "An editor for computational graphs in which backpropagation can be watched, step by step.\n"
    "Without a command it opens the editor."
)
_TOP_COMMANDS = """commands:
  new TEXT -o FILE     make a document from text such as "L = (a*b + c)*f", or a test graph of any size
  run FILE             run both passes and print every value and gradient
  explain FILE [NODE]  the chain rule, step by step, with numbers
  check FILE           compare every gradient with a numerical derivative
  export FILE -o OUT   draw the graph: as PNG, SVG, PDF, HTML or TikZ, or as GIF,
                       WebP, APNG or MP4, all of which open again as the graph;
                       or as DOT or Mermaid; or write it as a program
  train FILE           train the inputs by gradient descent, over the rows of a table
  data KIND -o OUT     generate a table to train on: moons, circles, spirals, …
  layout FILE          print where cards, edges and labels lie in the picture
  completion SHELL     print the script that makes bash, zsh or fish complete all this

FILE is a .nodegraph document, or a PNG, GIF, WebP, MP4, SVG, PDF, HTML or TikZ that nodegraph exported;
- is standard input or output.
`nodegraph COMMAND --help` says more about each."""

SHELLS = ("bash", "zsh", "fish")
_COMPLETION_SET_UP = """to set it up, once:
  bash  nodegraph completion bash > ~/.local/share/bash-completion/completions/nodegraph
        (without the package bash-completion: anywhere, and source it in ~/.bashrc)
  zsh   nodegraph completion zsh > FOLDER/_nodegraph, where FOLDER is one of $fpath
  fish  nodegraph completion fish > ~/.config/fish/completions/nodegraph.fish
It takes effect in shells opened afterwards."""


class UsageError(Exception):
    """Something wrong with what was typed: one line, and lines to show below it."""

    def __init__(self, message: str, below: str = "") -> None:
        super().__init__(message)
        self.below = below


class _Parser(OnceParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{with_advice(message, self.words)} (see {self.prog} --help)")


def read_arguments(words: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """The command's name (`edit` where none was typed) and its arguments. UsageError says what is wrong."""
    if words and words[0] in COMMANDS:
        parser = _Parser(prog=f"nodegraph {words[0]}", description=COMMANDS[words[0]].__doc__)
        COMMANDS[words[0]](parser)
        rest = _with_text_first(words[1:]) if words[0] == "new" else words[1:]
        return words[0], _parsed(parser, rest)
    return "edit", _read_top(words)


def _parsed(parser: _Parser, words: Sequence[str]) -> argparse.Namespace:
    """The arguments, and as `typed` the names of those that are not as usual because somebody typed them."""
    arguments: argparse.Namespace = parser.parse_args(words)
    nothing = argparse.Namespace(**dict.fromkeys(vars(arguments)))  # which no default replaces
    typed = vars(parser.parse_args(words, nothing))
    arguments.typed = [name for name, value in typed.items() if value is not None]
    return arguments


def whole_parser() -> argparse.ArgumentParser:
    """Returns one parser of all commands, for a program that reads parsers; a file alone is left out.

    `read_arguments` makes no more than the one that it needs.
    """
    parser = _top_parser()
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, take_arguments in COMMANDS.items():
        summary = (take_arguments.__doc__ or "").partition(". ")[0].rstrip(".\n ")
        take_arguments(commands.add_parser(name, description=summary, help=summary))
    return parser


def _top_parser() -> _Parser:
    parser = _Parser(
        prog="nodegraph",
        usage=_TOP_USAGE,
        description=_TOP_DESCRIPTION,
        epilog=_TOP_COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"nodegraph {nodegraph.__version__}")
    return parser


def _read_top(words: Sequence[str]) -> argparse.Namespace:
    parser = _top_parser()
    parser.add_argument("file", metavar="FILE", nargs="?", help="open this file in the editor")
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)  # as nodegraph.show does
    if words and words[0] not in ("--help", "--version") and not os.path.exists(words[0]):
        _refuse_misspelt(words[0])
        if words[1:] and not any(word.startswith("-") for word in words[:2]):
            raise UsageError(f"there is no command “{words[0]}”; to open a file write: nodegraph {words[1]}")
    if words[1:] and words[1] in COMMANDS and not os.path.exists(words[1]):
        raise UsageError(f"the command stands first: nodegraph {words[1]} {words[0]}")
    read: argparse.Namespace = parser.parse_args(words)
    return read


def _refuse_misspelt(word: str) -> None:
    """Raise UsageError where this is nearly a command."""
    import difflib

    meant = word.strip("-").lower()
    if near := [f"--{word}"] * (word in ("help", "version")) or difflib.get_close_matches(meant, COMMANDS, 1):
        raise UsageError(f"there is no command and no file “{word}”; did you mean {near[0]}?")
    if "=" in word:
        raise UsageError(f'there is no file “{word}”; a text is made a document by: new "{word}" -o FILE')


# --- one function a command
def _new(parser: argparse.ArgumentParser) -> None:
    """Make a document from text. Statements are separated by ; or line ends; numbers become constants; an
    input that is not set starts at 1; pi and e are the constants unless they are set or defined. The text is
    Python's arithmetic: + - * / **, brackets, and the functions of the catalogue. Instead of a text: a test
    graph of a given size, a network to train, or a graph that another program wrote.
    """
    parser.add_argument(
        "text", metavar="TEXT", nargs="?", help='such as "L = (a*b + c)*f"; - reads it from standard input'
    )
    parser.add_argument(
        "--from",
        dest="foreign",
        metavar="FILE",
        help="a graph as node-link JSON, GraphML or DOT, or text in .py, .ipynb, .tex or .txt",
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="WORD=OP",
        help="what a word in that file means; repeatable",
    )
    shapes.take_shape(parser)
    _take_settings(parser, "an input")
    parser.add_argument(
        "--binary",
        action="store_true",
        help="two operands at a time: a + b + c becomes two nodes, and x**2 a power",
    )
    looks.take_direction(parser, Direction.RIGHT.value)
    parser.add_argument("-o", dest="out", metavar="FILE", required=True, help="the document to write")


def _run(parser: argparse.ArgumentParser) -> None:
    """Run both passes and print every value and gradient."""
    _take_file(parser)
    _take_settings(parser)
    parser.add_argument("--output", metavar="NAME", help="the node the backward pass starts from")
    _take_json(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    """Explain the chain rule with numbers: every step of both passes, or everything about one node. For a
    graph of ten thousand nodes or more: the first steps of each pass, and how many were left out.
    """
    _take_file(parser)
    parser.add_argument(
        "node", metavar="NODE", nargs="?", help="only this node, with all its paths to the output"
    )
    _take_settings(parser)
    parser.add_argument(
        "--format",
        choices=("text", "markdown", "latex", "html"),
        help="format of the explanation (that of OUT's ending, else text)",
    )
    parser.add_argument(
        "-o", dest="out", metavar="OUT", help="write to this file, ending in .txt, .md, .tex or .html"
    )
    parser.add_argument(
        "--most", type=numbers.count, metavar="N", help="explain N steps, however long it takes"
    )
    _take_json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    """Compare every gradient with a numerical derivative, which knows no chain rule. In a large graph as many
    are compared as fit into a few seconds, inputs first, and it says how many were left out.
    """
    _take_file(parser)
    _take_settings(parser)
    parser.add_argument(
        "--most",
        type=numbers.count,
        metavar="N",
        help="compare N gradients, inputs first, however long it takes",
    )
    _take_json(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    """Draw the graph in the format that the ending of OUT names: as it stands, or both passes as GIF, WebP,
    APNG or MP4. All but DOT and Mermaid open again as the graph. Or write a program that prints its
    output and gradients, where OUT ends in .py. Needs no display.
    """
    from nodegraph.canvas.animation.formats import endings
    from nodegraph.cli import animations, figures
    from nodegraph.formats.programs.titles import SUFFIX, TITLES, VECTORISED

    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="documents, or pictures that nodegraph exported"
    )
    parser.add_argument(
        "-o",
        dest="outs",
        metavar="OUT",
        required=True,
        action="append",
        help=f"the picture to write, ending in {endings()}, the program, ending in {SUFFIX}, or - for "
        "standard output; repeatable. For several files it contains {name}, the name of each",
    )
    parser.add_argument(
        "--to", choices=tuple(TITLES), help=f"the library that a program uses ({next(iter(TITLES))})"
    )
    parser.add_argument(
        "--vectorised",
        action="store_true",
        help="a program on whole arrays that trains the graph as set up in Training, for "
        f"{', '.join(VECTORISED)} ({VECTORISED[0]}): all nodes of one operation at one level are one "
        "operation on arrays, each row of data is a column, and it can take other rows from a CSV file",
    )
    _take_settings(parser)
    figures.take_size(parser)
    figures.take_looks(parser)
    looks.take_wording(parser)
    looks.take_direction(parser)
    looks.take_edge_style(parser)
    looks.take_moment(parser)
    animations.take_animation(parser)
    animations.take_repeats(parser)


def _train(parser: argparse.ArgumentParser) -> None:
    """Train by gradient descent, as in the window: what is left out is as the document has it. Ctrl+C stops,
    and what was learnt until then is kept.
    """
    _take_file(parser)
    _take_settings(parser)
    training.take_training(parser)
    _take_json(parser)


def _data(parser: argparse.ArgumentParser) -> None:
    """Generate a table to train on, as CSV: the columns x1, x2 and t, of a line x and t. The same seed gives
    the same numbers everywhere; moons and circles are those of scikit-learn.
    """
    data.take_generator(parser)


def _layout(parser: argparse.ArgumentParser) -> None:
    """Print where cards, edges and labels lie in the picture, in units of the canvas, and what covers what.
    Needs no display.
    """
    from nodegraph.cli import figures

    _take_file(parser)
    _take_settings(parser)
    looks.take_moment(parser)
    parser.add_argument(
        "--zoom",
        type=figures.number_within(SMALLEST_ZOOM, LARGEST_ZOOM),
        default=1.0,
        metavar="Z",
        help="pixels per unit, which decides what labels there are, from 0.02 to 8 (1)",
    )
    looks.take_wording(parser)
    looks.take_direction(parser)
    looks.take_edge_style(parser)
    _take_json(parser)


def _completion(parser: argparse.ArgumentParser) -> None:
    """Print the script that makes a shell complete commands, options and files."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _COMPLETION_SET_UP
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help="bash, zsh or fish")


COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "new": _new,
    "run": _run,
    "explain": _explain,
    "check": _check,
    "export": _export,
    "train": _train,
    "data": _data,
    "layout": _layout,
    "completion": _completion,
}


def _take_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="a .nodegraph document, or a picture that nodegraph exported"
    )


def _take_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object for programs to read")


def _take_settings(parser: argparse.ArgumentParser, what: str = "an input or a constant") -> None:
    parser.add_argument(
        "--set",
        dest="settings",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"give {what} another value; repeatable",
    )


def _with_text_first(words: Sequence[str]) -> list[str]:
    """The words of `new`, with a text that begins with a minus protected from being taken for an option."""
    options = ("-o", "-h", "--")
    return [
        f" {word}" if word.startswith("-") and word != "-" and not word.startswith(options) else word
        for word in words
    ]
