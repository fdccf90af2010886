"""The text of a graph: what it writes is read back to the same graph, and another text changes as little of
it as can be.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from nodegraph.core.building.expression import parse
from nodegraph.core.building.graph_text import lines_of, text_of, to_text
from nodegraph.core.building.text_change import change_to
from nodegraph.core.errors import Refused, TextError
from nodegraph.core.graph import edits, grouping
from nodegraph.core.graph.changes import Change, patch_of
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.records import Node
from nodegraph.core.layout.placement import place
from tests.strategies import graphs

REAL = (
    "s1 = q*k1; s2 = q*k2; s3 = q*k3; e1 = exp(s1); e2 = exp(s2); e3 = exp(s3); Z = e1 + e2 + e3; y ="
    " (e1*v1 + e2*v2 + e3*v3)/Z; L = (y - t)**2",
    "d1 = (log(S/K) + (r + sigma**2/2)*T)/(sigma*sqrt(T)); d2 = d1 - sigma*sqrt(T); N1 = "
    "sigmoid(1.702*d1); N2 = sigmoid(1.702*d2); C = S*N1 - K*exp(-r*T)*N2",
    "y = ((((((((a8*x + a7)*x + a6)*x + a5)*x + a4)*x + a3)*x + a2)*x + a1)*x + a0); L = (y - t)**2",
    "z = w1*x1 + w2*x2 + w3*x3 + w4*x4 + w5*x5 + w6*x6 + b; p = sigmoid(z); loss = -(t*log(p) + "
    "(1-t)*log(1-p))",
    "i = sigmoid(wi*x + ui*h + bi); f = sigmoid(wf*x + uf*h + bf); o = sigmoid(wo*x + uo*h + bo); g ="
    " tanh(wg*x + ug*h + bg); c = f*c0 + i*g; hn = o*tanh(c); L = (hn - y)**2",
    "m = max(z1, z2, z3, z4); e1 = exp(z1 - m); e2 = exp(z2 - m); e3 = exp(z3 - m); e4 = exp(z4 - m);"
    " Z = e1 + e2 + e3 + e4; L = -(z2 - m - log(Z))",
    "y1 = tanh(w11*x1 + w12*x2 + b1); y2 = tanh(w21*x1 + w22*x2 + b2); L = (y1 - t1)**2 + (y2 - t2)**2",
)


def placed(text: str, **values: float) -> Graph:
    graph = parse(text, **values)
    graph.apply(place(graph))
    return graph


def shape(graph: Graph) -> object:
    """What a graph says, whatever its constants are called and in whatever order its nodes were made."""

    def described(node_id: str) -> object:
        node = graph.node(node_id)
        return ("constant", node.value) if node.op == "constant" else node.name

    return (
        sorted(
            (node.name, node.op, node.value or 0.0, node.trainable)
            for node in graph.nodes()
            if node.op != "constant"
        ),
        sorted(node.value or 0.0 for node in graph.nodes() if node.op == "constant"),
        sorted((graph.node(e.target).name, e.port, str(described(e.source))) for e in graph.edges()),
        described(graph.output) if graph.output else None,
    )


def node_of(graph: Graph, name: str) -> Node:
    node = graph.named(name)
    assert node is not None
    return node


def after(graph: Graph, change: Change) -> Graph:
    other = graph.copy()
    other.apply(change)
    return other


# --- the text
@given(graphs())
def test_the_text_of_a_graph_is_read_back_to_the_same_graph_with_its_values(graph: Graph) -> None:
    text = text_of(graph)
    assert shape(parse(text)) == shape(graph)
    assert not change_to(graph, text)
    assert text_of(parse(text)) == text or not all(line.node_id for line in lines_of(graph))


@pytest.mark.parametrize("text", REAL)
def test_real_graphs_are_written_and_read_back(text: str) -> None:
    graph = placed(text)
    graph = graph.with_values({n.id: 0.25 + n.rank for n in graph.nodes() if n.op == "input"})
    assert shape(parse(text_of(graph))) == shape(graph)
    assert not change_to(graph, text_of(graph))
    assert text_of(parse(text_of(graph))) == text_of(graph)


def test_inputs_come_first_with_their_values_and_groups_stand_as_comments() -> None:
    graph = placed("z = w*x + b; h = tanh(z); L = (h - 0.5)**2; M = 3*z", w=2, x=-0.5)
    graph.apply(edits.set_trainable(graph, "x", False))
    graph.apply(edits.set_output(graph, "L"))
    named = {node.name: node.id for node in graph.nodes()}
    graph.apply(grouping.group(graph, [named["z"], named["h"]], "Neuron"))
    assert text_of(graph).split("\n") == [
        "w = input(2)",
        "x = input(-0.5, trainable=False)",
        "b = input(1)",
        "",
        "e = w * x",
        "",
        "# Neuron",
        "z = e + b",
        "h = tanh(z)",
        "",
        "d = h - 0.5",
        "L = d ** 2",
        "M = 3 * z",
        "L",
    ]
    assert not change_to(graph, text_of(graph))


def test_a_constant_with_a_name_of_its_own_keeps_it_in_the_text() -> None:
    text = "t = input(1)\n\ng = 9.81\nv = g * t\ns = v * 0.5"
    assert text_of(parse("g = 9.81; v = g*t; s = v*0.5")) == text
    assert "k2 = 30\n" in text_of(parse("k1 = 50; k2 = 30; F = k1*x + k2*y"))


def test_what_text_cannot_say_is_refused_with_the_reason() -> None:
    graph = placed("L = a*b")
    with pytest.raises(Refused, match="waits for an input"):
        text_of(after(graph, edits.disconnect(graph, [("L", 0)])))
    loose = after(graph, edits.disconnect(graph, [("L", 1)]))
    with pytest.raises(Refused, match="L is muted and lacks an input"):
        text_of(after(loose, edits.set_muted(loose, ["L"])))
    with pytest.raises(Refused, match="rename it first"):
        text_of(after(graph, edits.rename(graph, "a", "a-1")))


@pytest.mark.parametrize("text", ["L = a*b", "e = a + b + c + f; L = max(e, a)", "s = -a; L = s**2"])
def test_a_muted_operation_is_said_and_read_back(text: str) -> None:
    graph = placed(text)
    for node in list(graph.nodes()):
        if not node.is_leaf:
            graph = after(graph, edits.set_muted(graph, [node.id]))
    said = text_of(graph)
    assert all("= muted(" in line for line in said.splitlines() if line and "input(" not in line)
    assert not change_to(graph, said)
    unmuted = change_to(graph, said.replace("muted(", "(", 1))
    assert [(patch.before.muted, patch.after.muted) for patch in unmuted.patches] == [(True, False)]
    assert all(patch.before.x == patch.after.x for patch in unmuted.patches)
    again = parse(to_text(graph))
    assert [node.muted for node in again.nodes() if not node.is_leaf] == [True] * len(
        [node for node in graph.nodes() if not node.is_leaf]
    )


@pytest.mark.parametrize("text", ["y = muted(a)", "y = muted(2)", "y = muted(a*b, c)", "y = muted()"])
def test_only_one_operation_can_be_muted_at_a_time(text: str) -> None:
    with pytest.raises(TextError, match=r"what is muted is one operation: e = muted\(a\*b\)"):
        parse(text)


def test_a_name_between_marks_is_changed_and_changed_back() -> None:
    graph = placed("L = a*b")
    graph = after(graph, edits.rename(graph, "a", "weight 1"))
    said = text_of(graph)
    assert said.splitlines()[0] == "`weight 1` = input(1)"
    assert not change_to(graph, said)
    renamed = change_to(graph, said.replace("`weight 1`", "w"))
    assert [(patch.before.name, patch.after.name) for patch in renamed.patches] == [("weight 1", "w")]
    assert not change_to(after(graph, renamed), text_of(after(graph, renamed)))


# --- another text
def changed(graph: Graph, text: str) -> set[tuple[str, str]]:
    return {(patch.kind, str(patch.key)) for patch in change_to(graph, text).patches}


def test_a_value_a_name_and_an_operation_change_one_record_each() -> None:
    graph = placed("e = a*b; d = e + c; L = d*f", a=2, b=3, c=-10, f=5)
    text = text_of(graph)
    assert changed(graph, text.replace("a = input(2)", "a = input(7)")) == {("node", "a")}
    assert change_to(graph, text.replace("a = input(2)", "a = input(7)")).name == "Set a"
    assert changed(graph, text.replace("d", "sum_")) == {("node", "d")}
    assert change_to(graph, text.replace("d = e + c", "d = e - c")).patches[0].after.op == "subtract"
    assert changed(graph, text.replace("d = e + c", "d = e - c")) == {("node", "d")}
    assert changed(graph, text.replace("d * f", "d * a")) == {("edge", "('L', 1)")}


def test_what_stays_keeps_its_place_its_group_and_its_bends() -> None:
    graph = placed("e = a*b; d = e + c; L = d*f")
    bent = replace(graph.edge_at(("L", 0)), via=((50.0, 50.0),))
    graph.apply(Change("Bend", (patch_of(graph.edge_at(("L", 0)), bent),)))
    graph.apply(grouping.group(graph, ["e", "d"], "Inner"))
    change = change_to(graph, text_of(graph).replace("L = d * f", "t = tanh(d)\nL = d * f + t"))
    other = after(graph, change)
    for node in graph.nodes():
        assert (other.node(node.id).x, other.node(node.id).y) == (node.x, node.y)
    assert other.groups() == graph.groups()
    assert node_of(other, "t").x is not None
    assert after(other, change.inverse()) == graph


def test_a_node_keeps_its_place_while_its_name_is_typed_anew_at_one_use_after_the_other() -> None:
    graph = placed("g = a*b; d = g + c; L = d*f", a=2, b=3)
    places = {node.id: (node.x, node.y) for node in graph.nodes()}
    text = text_of(graph)
    half = text.replace("g = a", "product = a")
    other = after(graph, change_to(graph, half))
    assert (node_of(other, "product").id, node_of(other, "g").op) == ("g", "input")
    stated = [line.split(" = ")[0] for line in half.split("\n") if line]
    whole = after(other, change_to(other, half.replace("g + c", "product + c"), stated))
    assert {node.id: (node.x, node.y) for node in whole.nodes()} == places
    half = text.replace("a = input(2)", "first = input(2)")
    other = after(graph, change_to(graph, half))
    assert node_of(other, "first").id == "a"
    whole = after(other, change_to(other, half.replace("a * b", "first * b"), stated))
    assert {node.id: (node.x, node.y) for node in whole.nodes()} == places


def test_a_statement_between_two_others_and_a_deleted_one_leave_the_rest() -> None:
    graph = placed("e = a*b; L = e + c")
    text = text_of(graph)
    deeper = change_to(graph, text.replace("L = e + c", "L = tanh(e) + c"))
    assert [graph.node(i).name for i in deeper.node_ids() if i in graph] == []
    assert len(deeper.made()) == 1
    gone = change_to(graph, text.replace("L = e + c", ""))
    assert [(p.kind, p.before.name) for p in gone.patches if p.kind == "node"] == [("node", "L")]


def test_an_input_keeps_its_value_and_whether_it_learns_where_the_text_says_neither() -> None:
    graph = placed("L = a*b", a=2, b=3)
    graph.apply(edits.set_trainable(graph, "a", False))
    assert not change_to(graph, "L = a*b")
    assert not change_to(graph, "a = input(2, trainable=False); L = a*b")
    (patch,) = change_to(graph, "a = input(2); L = a*b").patches
    assert patch.after.trainable


@given(graphs(), graphs())
def test_any_text_changes_any_graph_into_what_it_says_and_undo_takes_that_back(
    one: Graph, two: Graph
) -> None:
    one.apply(place(one))
    change = change_to(one, text_of(two))
    other = after(one, change)
    assert shape(other) == shape(two)
    assert all(node.x is not None for node in other.nodes())
    assert after(other, change.inverse()) == one
    assert not change_to(other, text_of(two))


def test_a_text_that_cannot_be_read_changes_nothing() -> None:
    graph = placed("L = a*b")
    with pytest.raises(TextError, match="line 1, column 5"):
        change_to(graph, "L = (a*b")


def test_a_long_text_is_read_in_pieces_and_a_mistake_in_it_has_its_place() -> None:
    lines = [f"n{i} = tanh(\n    n{i - 1} * 2)" if i else "n0 = input(1)" for i in range(2_000)]
    assert len(parse("\n".join(lines))) == 1 + 3 * 1_999
    with pytest.raises(TextError) as caught:
        parse("\n".join([*lines, "y = n0 +"]))
    assert (caught.value.line, caught.value.column) == (4_000, 9)
    with pytest.raises(TextError) as caught:
        parse("\n".join([*lines, "y = foo(n0)", *(f"m{i} = n{i}*2" for i in range(2_000))]))
    assert (caught.value.line, caught.value.column) == (4_000, 5)
