"""Data, training and bound inputs in a document: kept as they are, or refused with their place."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import numpy as np
import pytest

from nodegraph.core.building.expression import parse
from nodegraph.core.errors import DocumentError
from nodegraph.core.graph import edits
from nodegraph.core.graph.graph import Graph
from nodegraph.core.training import bindings
from nodegraph.core.training.setup import Setup
from nodegraph.core.training.tables import Table
from nodegraph.formats import dataset, native
from nodegraph.formats.fragment import from_text, to_text
from nodegraph.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

Json = dict[str, Any]

XOR = Table("XOR", (("x", (0.0, 1.0)), ("größe", (1.0, 0.1))), {"from": "a book"})


def a_graph() -> Graph:
    graph = parse("L = (w*x - t)**2")
    for change in (
        lambda: bindings.set_table(graph, XOR),
        lambda: bindings.bind_all(graph, {"x": "x", "t": "größe"}),
        lambda: bindings.set_training(graph, Setup(optimizer="adam", settings={"rate": 0.1})),
    ):
        graph.apply(change())
    return graph


def a_document(**graph: Any) -> Json:
    data = {"columns": {"x": [1, 2.5], "t": [0, 1]}}
    return {
        "graph": {"format": "nodegraph", "version": 1, "data": data} | graph,
        "nodes": [
            {"id": "a", "op": "input", "value": 1, "column": "x"},
            {"id": "k", "op": "constant", "value": 1},
            {"id": "y", "op": "add"},
        ],
        "edges": [{"source": "a", "target": "y", "key": 0}, {"source": "k", "target": "y", "key": 1}],
    }


def read(document: Json) -> Graph:
    return native.read(json.dumps(document).encode())


def refusal(document: Json) -> str:
    with pytest.raises(DocumentError) as caught:
        read(document)
    return str(caught.value)


# --- what is right
def test_data_training_and_columns_are_read_as_they_were_written() -> None:
    graph = a_graph()
    data = native.write(graph)
    assert native.read(data) == graph
    assert bindings.table_of(native.read(data)) == XOR
    assert native.write(native.read(data)) == data


def test_the_file_holds_them_as_the_readme_says() -> None:
    document = json.loads(native.write(a_graph()))
    assert document["graph"]["data"] == {
        "title": "XOR", "columns": {"x": [0.0, 1.0], "größe": [1.0, 0.1]}, "from": "a book",
    }  # fmt: skip
    assert document["graph"]["training"] == {
        "aim": "minimise", "optimizer": "adam", "steps": 200, "rate": 0.1,
    }  # fmt: skip
    assert {node["id"]: node.get("column") for node in document["nodes"] if "column" in node} == {
        "x": "x",
        "t": "größe",
    }


def test_networkx_still_opens_it() -> None:
    opened = nx.node_link_graph(json.loads(native.write(a_graph())), edges="edges")
    assert opened.graph["data"]["columns"]["x"] == [0.0, 1.0]
    assert opened.nodes["x"]["column"] == "x"


def test_whole_numbers_are_numbers() -> None:
    table = bindings.table_of(read(a_document()))
    assert table == Table("", (("x", (1.0, 2.5)), ("t", (0.0, 1.0))))


def test_a_document_without_data_is_read_as_before() -> None:
    document = a_document()
    del document["graph"]["data"], document["nodes"][0]["column"]
    graph = read(document)
    assert (bindings.table_of(graph), bindings.setup_of(graph)) == (None, Setup())
    assert {"data", "training"}.isdisjoint(json.loads(native.write(graph))["graph"])


def test_an_edit_of_the_graph_leaves_the_data_alone() -> None:
    graph = a_graph()
    graph.apply(edits.set_title(graph, "Other"))
    graph.apply(edits.rename(graph, "x", "pixel"))
    assert bindings.table_of(native.read(native.write(graph))) == XOR
    assert native.read(native.write(graph)).node("x").column == "x"


def test_an_unknown_operation_keeps_its_column_key() -> None:
    document = a_document()
    document["nodes"][2] |= {"op": "softmax", "column": 7}
    assert json.loads(native.write(read(document)))["nodes"][2]["column"] == 7


def test_a_copied_part_is_a_document_with_the_columns_it_takes() -> None:
    from nodegraph.core.building.fragments import part_of

    part = part_of(a_graph(), ["x", "w"])
    assert from_text(to_text(part))[0].node("x").column == "x"


# --- what is wrong
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "graph.data: expected an object, found null"),
        ([], "graph.data: expected an object, found a list"),
        ({}, "graph.data.columns: missing; expected numbers by column"),
        ({"columns": []}, "graph.data.columns: expected an object, found a list"),
        ({"columns": {}}, "graph.data.columns: expected one column or more, found none"),
        ({"title": 3, "columns": {"x": [1]}}, "graph.data.title: expected text, found 3"),
        ({"title": "a\nb", "columns": {"x": [1]}}, "graph.data.title: a title cannot hold"),
        ({"columns": {"x": 1}}, "graph.data.columns.x: expected a list of one number or more, found 1"),
        ({"columns": {"x": []}}, "graph.data.columns.x: expected a list of one number or more, found a list"),
        ({"columns": {"x": [1, "a"]}}, 'graph.data.columns.x[1]: expected a finite number, found "a"'),
        ({"columns": {"x": [True]}}, "graph.data.columns.x[0]: expected a finite number, found true"),
        ({"columns": {"x": [1, 2], "t": [1]}}, "graph.data.columns.t: expected 2 numbers as in “x”, found 1"),
        ({"columns": {"x": [1], "t": [1, 2]}}, "graph.data.columns.t: expected 1 number as in “x”, found 2"),
        ({"columns": {"7": [1]}}, "Expected the name of a column, found the number 7."),
        ({"columns": {"": [1]}}, "A column needs a name, without space around it."),
        (
            {"columns": {f"c{number}": [1] for number in range(MAX_COLUMNS + 1)}},
            "graph.data.columns: 1,001 are too many",
        ),
        ({"columns": {"x": [1] * (MAX_ROWS + 1)}}, "graph.data.columns.x: 100,001 are too many rows"),
        (
            {"columns": {f"c{number}": [1] * (MAX_CELLS // 20 + 1) for number in range(20)}},
            "graph.data.columns.c0: 50,001 are too many rows; this table may have 50,000",
        ),
    ],
)
def test_wrong_data_is_refused_with_its_place(data: Any, said: str) -> None:
    assert said in refusal(a_document(data=data))


def test_a_number_that_is_not_finite_is_refused_with_its_place() -> None:
    text = json.dumps(a_document()).replace("2.5", "NaN")
    with pytest.raises(DocumentError, match=r"graph\.data\.columns\.x\[1\]"):
        native.read(text.encode())


@pytest.mark.parametrize(
    ("training", "said"),
    [
        ([], "graph.training: expected an object, found a list"),
        ({"rate": None}, "graph.training: The setting rate must be a number or text."),
        ({"rate": {"a": 1}}, "graph.training: The setting rate must be a number or text."),
        ({"aim": "x" * 101}, "graph.training: The setting aim has at most 100 characters"),
    ],
)
def test_a_wrong_training_is_refused_with_its_place(training: Any, said: str) -> None:
    assert refusal(a_document(training=training)).startswith(said)


@pytest.mark.parametrize(
    ("index", "column", "said"),
    [
        (0, "z", 'nodes[0].column: expected the name of a column of graph.data, found "z"'),
        (0, 3, "nodes[0].column: expected the name of a column of graph.data, found 3"),
        (0, None, "nodes[0].column: expected the name of a column of graph.data, found null"),
        (1, "x", "nodes[1].column: only an input takes a column of the data"),
        (2, "x", "nodes[2].column: only an input takes a column of the data"),
    ],
)
def test_a_wrong_column_is_refused_with_its_place(index: int, column: Any, said: str) -> None:
    document = a_document()
    document["nodes"][index]["column"] = column
    assert refusal(document) == said


def test_a_column_without_any_data_is_refused() -> None:
    document = a_document()
    del document["graph"]["data"]
    assert refusal(document).startswith("nodes[0].column: expected the name of a column")


def test_missing_cells_are_null_in_the_file() -> None:
    graph = native.read(
        json.dumps(a_document(data={"columns": {"x": [1, None, 2.5], "t": [0, 1, 2]}})).encode()
    )
    table = bindings.table_of(graph)
    assert table is not None
    assert np.isnan(table.column("x")).tolist() == [False, True, False]
    written = json.loads(native.write(graph))
    assert written["graph"]["data"]["columns"] == {"x": [1.0, None, 2.5], "t": [0.0, 1.0, 2.0]}
    assert bindings.table_of(native.read(native.write(graph))) == table


def test_a_large_table_is_written_in_pieces_and_reads_back_the_same() -> None:
    numbers = np.random.default_rng(1).normal(size=2 * dataset.PIECE + 7)
    numbers[dataset.PIECE - 1 : dataset.PIECE + 1] = np.nan
    table = Table("large", (("x", numbers), ("größe", np.arange(float(len(numbers))))), {"later": {"a": [1]}})
    graph = native.read(json.dumps(a_document()).encode())
    graph.apply(bindings.set_table(graph, table))
    assert bindings.table_of(native.read(native.write(graph))) == table
