"""The public Python interface: small, complete, and free of charge until it is used."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from collections.abc import Callable
from inspect import signature
from pathlib import Path

import numpy as np
import pytest

import nodegraph as ng
from nodegraph.canvas import asked
from nodegraph.canvas.animation.formats import ANIMATIONS
from nodegraph.canvas.exporters import EXPORTERS
from nodegraph.core.errors import DocumentError, Refused
from nodegraph.core.graph.notes import add_note

ROOT = Path(__file__).resolve().parents[1]
OWN = {"export", "__version__"}


@pytest.mark.parametrize(
    "call", [ng.run, ng.check, lambda given: ng.save(given, "x.nodegraph"),
             lambda given: ng.run_forward_mode(given, "a"), lambda given: ng.export(given, "x.png"),
             lambda given: ng.Training(given, ng.Setup()), ng.to_text, ng.to_program],
)  # fmt: skip
@pytest.mark.parametrize(
    ("given", "how"),
    [
        ("L = a*b", "not a str; parse makes one of text"),
        (None, "not None"),
        (ng.Value(2.0), "not a Value; trace makes one of it"),
    ],
)
def test_what_is_no_graph_is_refused_with_what_makes_one(
    call: Callable[[object], object], given: object, how: str
) -> None:
    with pytest.raises(ng.Refused, match=how):
        call(given)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda graph, given: ng.run_forward_mode(graph, given), "takes the id of a node, not "),
        (lambda graph, given: ng.to_program(graph, given), "takes the name of a target, not .*python"),
        (lambda graph, given: ng.to_program(graph, given, vectorised=True), "takes the name of a target"),
        (lambda graph, given: ng.run(graph, values=given), "given as a dict by id, .* not as "),
        (lambda graph, given: ng.run(graph, left=given), "given as a dict by id, .* not as "),
    ],
)
@pytest.mark.parametrize("given", [1, 2.5, b"a", ["a"], ng.Value(2.0), ng.parse("a").node("a")])
def test_what_is_no_word_and_no_dict_is_refused(
    call: Callable[[ng.Graph, object], object], given: object, said: str
) -> None:
    with pytest.raises(ng.Refused, match=said):
        call(ng.parse("y = a*b"), given)


def test_a_node_in_place_of_its_id_is_told_its_id() -> None:
    graph = ng.parse("y = a*b")
    with pytest.raises(ng.Refused, match="not a Node; that of this one is “a”"):
        ng.run_forward_mode(graph, graph.node("a"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "call", [ng.load, lambda given: ng.save(ng.parse("y = a*b"), given),
             lambda given: ng.export(ng.parse("y = a*b"), given)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("given", "found"),
    [(None, "None"), (b"a.png", "a bytes"), (3, "an int"), ({}, "a dict"), (io.BytesIO(), "an open file")],
)
def test_what_is_no_name_of_a_file_is_refused(
    call: Callable[[object], object], given: object, found: str
) -> None:
    with pytest.raises(ng.Refused, match=f"takes the name of a file, not {found}"):
        call(given)


@pytest.mark.parametrize("call", [ng.save, ng.export])
def test_a_file_that_cannot_be_written_is_named(call: Callable[..., object], tmp_path: Path) -> None:
    path = str(tmp_path / "none" / ("a.nodegraph" if call is ng.save else "a.svg"))
    with pytest.raises(DocumentError) as caught:
        call(ng.parse("y = a*b"), path)
    assert str(caught.value).startswith(f"{path}: ")


def test_a_training_takes_a_setup() -> None:
    with pytest.raises(ng.Refused, match="takes a Setup, not a dict, such as Setup"):
        ng.Training(ng.parse("y = a*b"), {"rate": 0.1})  # type: ignore[arg-type]


def test_the_contract_s_example_works(tmp_path: Path) -> None:
    graph = ng.parse("L = (a*b + c)*f", a=2, b=3, c=-10, f=5)
    trace = ng.run(graph)
    assert trace.values["L"] == -20.0
    assert trace.gradients["a"] == 15.0
    assert trace.order == ["a", "b", "c", "f", "e", "d", "L"]
    assert len(trace.steps) == 11
    ng.save(graph, tmp_path / "seed.nodegraph")
    assert ng.load(tmp_path / "seed.nodegraph") == graph
    ng.export(graph, tmp_path / "seed.png", scale=2)
    assert ng.load(tmp_path / "seed.png") == graph
    assert all(one.ok for one in ng.check(graph))


def test_a_whole_number_beyond_every_float_is_refused() -> None:
    with pytest.raises(Refused, match="The value of a must be a finite number"):
        ng.parse("y = a*b", a=10**400)


def test_every_public_name_is_there_and_listed() -> None:
    assert ng.__all__ == sorted(set(ng.__all__))
    for name in ng.__all__:
        assert getattr(ng, name) is not None
        assert name in dir(ng)


def test_every_name_that_can_be_fetched_is_public_and_no_other() -> None:
    assert set(ng.__all__) == ng._HOMES.keys() | OWN


def test_what_checkers_of_types_see_is_what_is_public() -> None:
    tree = ast.parse((ROOT / "nodegraph" / "__init__.py").read_text("utf-8"))
    seen = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {name: f"nodegraph.{home}" for name, home in ng._HOMES.items()}


def test_the_errors_are_the_whole_family() -> None:
    from nodegraph.core import errors

    family = {
        name
        for name, found in vars(errors).items()
        if isinstance(found, type) and issubclass(found, Exception)
    }
    assert family <= set(ng.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'trane'"):
        _ = ng.trane  # type: ignore[attr-defined]


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, nodegraph, nodegraph.cli; nodegraph.__version__; nodegraph.__all__; nodegraph.Refused;"
        "print(*sorted({n.partition('.')[0] for n in sys.modules} & {'numpy', 'networkx', 'PySide6'}))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == ""


def test_running_does_not_load_qt() -> None:
    code = (
        "import sys, nodegraph as ng; ng.run(ng.parse('y = a*b')); ng.check; ng.load;"
        "print(*[n for n in sys.modules if n.startswith('PySide6')])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == ""


def test_a_picture_at_a_step_differs_from_one_after_both_passes(tmp_path: Path) -> None:
    graph = ng.parse("y = a*b")
    for name, moment in (("none", {"after": "none"}), ("three", {"step": 3}), ("all", {})):
        ng.export(graph, tmp_path / f"{name}.png", **moment)  # type: ignore[arg-type]
    pictures = {(tmp_path / f"{name}.png").read_bytes() for name in ("none", "three", "all")}
    assert len(pictures) == 3


@pytest.mark.parametrize("suffix", [*EXPORTERS, *ANIMATIONS])
def test_every_kind_of_picture_is_written_and_only_one_without_the_notes_warns(
    suffix: str, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    graph = ng.parse("L = a*b", a=2, b=3)
    graph.apply(add_note(graph, "by hand", 0, 200, 100, 40))
    ng.export(graph, tmp_path / f"L{suffix}", scale=0.5, fps=4, speed=8, hold=(0, 0))
    assert (tmp_path / f"L{suffix}").stat().st_size > 100
    told = ["leaves out the note" in str(warning.message) for warning in recwarn]
    assert told == [True] * (suffix in (".dot", ".mmd"))


@pytest.mark.parametrize("suffix", ANIMATIONS)
def test_a_training_is_written_as_every_kind_of_animation(suffix: str, tmp_path: Path) -> None:
    graph = ng.parse("L = (w - 3)^2", w=2)
    ng.export(graph, tmp_path / f"L{suffix}", scale=0.5, fps=2, speed=8, hold=(0, 0), training=True)
    assert (tmp_path / f"L{suffix}").stat().st_size > 100


def test_a_picture_that_cannot_be_made_or_written_is_refused(tmp_path: Path) -> None:
    graph = ng.parse("y = a*b")
    with pytest.raises(Refused, match=r"ends in \.png"):
        ng.export(graph, tmp_path / "y.jpg")
    with pytest.raises(Refused, match="no theme “red”"):
        ng.export(graph, tmp_path / "y.png", theme="red")
    with pytest.raises(Refused, match="there are light, dark, contrast and print"):
        ng.export(graph, tmp_path / "y.png", theme="red")
    with pytest.raises(Refused, match="no moment after “both”; there are none, forward and backward"):
        ng.export(graph, tmp_path / "y.png", after="both")  # type: ignore[arg-type]
    for scale in (0.0, -1.0):
        with pytest.raises(Refused, match="scale of a picture is above 0"):
            ng.export(graph, tmp_path / "y.png", scale=scale)
    with pytest.raises(Refused, match="margin of a picture is 0 or more"):
        ng.export(graph, tmp_path / "y.png", margin=-5.0)
    with pytest.raises(Refused, match=r"hold is two numbers of seconds, such as \(0.5, 2\), not 1"):
        ng.export(graph, tmp_path / "y.gif", hold=1)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no step 99"):
        ng.export(graph, tmp_path / "y.png", step=99)
    with pytest.raises(Refused, match=r"too large; scale .* would do"):
        ng.export(graph, tmp_path / "y.png", scale=1e4)
    with pytest.raises(Refused, match="add a node first"):
        ng.export(ng.Graph(), tmp_path / "y.png")
    with pytest.raises(DocumentError, match="folder"):
        ng.export(graph, tmp_path / "none" / "y.png")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"dpi": "300"}, "dpi is a whole number, such as 300, not the text “300”."),
        ({"digits": "3"}, "digits is a whole number, such as 3, not the text “3”."),
        ({"digits": 3.5}, "digits is a whole number, such as 3, not 3.5."),
        ({"step": "end"}, "step is a whole number, such as 3, not the text “end”."),
        ({"step": 2.5}, "step is a whole number, such as 3, not 2.5."),
        ({"step": True}, "step is a whole number, such as 3, not True."),
        ({"scale": "2"}, "scale is a number, such as 2, not the text “2”."),
        ({"scale": float("nan")}, "scale is a number, such as 2, not nan."),
        ({"scale": float("inf")}, "scale is a number, such as 2, not inf."),
        ({"margin": float("nan")}, "margin is a number, such as 24, not nan."),
        ({"margin": None}, "margin is a number, such as 24, not None."),
        ({"fps": "25"}, "fps is a whole number, such as 25, not the text “25”."),
        ({"speed": "fast"}, "speed is a number, such as 1.5, not the text “fast”."),
        ({"loop": 10**400}, f"loop is a whole number, such as 0, not 1{'0' * 19}…{'0' * 19}."),
        ({"transparent": "no"}, "transparent is True or False, not the text “no”."),
        ({"theme": ["dark"]}, "theme is text, such as \"dark\", not ['dark']."),
        ({"after": []}, 'after is text, such as "forward", not [].'),
        ({"show": 3}, 'show is a list of words, such as ["legend"], not 3.'),
        ({"hide": [["grid"]]}, "hide is a list of words, such as [\"legend\"], not [['grid']]."),
        (
            {"scale": 2, "width": "8cm"},
            "A picture is as large as its scale or its width says; leave one of them out.",
        ),
        (
            {"step": 3, "after": "forward"},
            "A picture shows the moment after a pass or after a step; leave out after or step.",
        ),
    ],
)
def test_an_argument_of_a_picture_that_is_of_another_kind_is_refused_as_what_it_is(
    asked: dict[str, object], said: str, tmp_path: Path
) -> None:
    for suffix in (".png", ".svg", ".gif"):
        with pytest.raises(Refused) as refused:
            ng.export(ng.parse("y = a*b"), tmp_path / f"y{suffix}", **asked)  # type: ignore[arg-type]
        assert str(refused.value) == said
    assert os.listdir(tmp_path) == []


def test_all_that_a_picture_is_asked_for_is_judged_by_its_kind() -> None:
    by_others = {"graph", "path", "width", "hold"}
    assert set(signature(ng.export).parameters) == by_others | set(asked._KINDS)


def test_numbers_of_numpy_are_taken_for_a_picture_and_a_program_is_said_to_have_its_own_function(
    tmp_path: Path,
) -> None:
    graph = ng.parse("y = a*b")
    ng.export(graph, tmp_path / "y.svg", step=np.int64(1), digits=np.int32(3), arrowheads=np.bool_(False))  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == ["y.svg"]
    with pytest.raises(Refused, match=r"\.mp4; nodegraph\.to_program writes a program\.$"):
        ng.export(graph, tmp_path / "y.py")
