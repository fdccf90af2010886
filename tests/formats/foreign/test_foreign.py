"""Graphs that other programs wrote."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest

import nodegraph as ng
from nodegraph.core.errors import DocumentError, NodegraphError, Refused
from nodegraph.formats.foreign import formula_files, reading
from nodegraph.formats.foreign.networks import from_networkx, mapping_of, read_network
from nodegraph.formats.foreign.reading import network_in


def seed(kind: Any = nx.DiGraph) -> Any:
    """(a·b + c)·f as one would write it down."""
    network = kind()
    for name, value in (("a", 2), ("b", 3.0), ("c", "-10"), ("f", 5)):
        network.add_node(name, value=value)
    for name, op in (("e", "mul"), ("d", "+"), ("L", "Multiply")):
        network.add_node(name, op=op)
    network.add_edges_from([("a", "e"), ("b", "e"), ("e", "d"), ("c", "d"), ("d", "L"), ("f", "L")])
    return network


def test_nodes_do_what_they_call_themselves() -> None:
    graph = from_networkx(seed())
    trace = ng.run(graph)
    assert trace.values["L"] == -20.0
    assert trace.gradients["a"] == 15.0
    assert [mapped.line for mapped in mapping_of(seed())] == [
        "nodes without inputs → input  (4 nodes)",
        "mul → multiply  (1 node)",
        "+ → add  (1 node)",
        "Multiply → multiply  (1 node)",
    ]


def version_1() -> str:
    """Node-link JSON as networkx 1 wrote it: edges name nodes by their places."""
    network = seed()
    names = list(network)
    nodes = [{"id": name} | network.nodes[name] for name in names]
    links = [{"source": names.index(a), "target": names.index(b)} for a, b in network.edges]
    return json.dumps({"directed": True, "graph": [], "multigraph": False, "nodes": nodes, "links": links})


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(nx.node_link_data(seed(), edges="links")),
        json.dumps(nx.node_link_data(seed(), edges="edges")),
        json.dumps(nx.node_link_data(seed(nx.MultiDiGraph), edges="edges")),
        json.dumps(nx.node_link_data(seed(), edges="links", name="name")),
        version_1(),
    ],
    ids=["links", "edges", "parallel edges", "names", "networkx 1"],
)
def test_node_link_json_of_any_version_is_read(text: str) -> None:
    assert ng.run(from_networkx(network_in(text.encode()))).values["L"] == -20.0


def test_graphml_is_read() -> None:
    network = seed()
    for name in "ab":
        network.nodes[name]["value"] = float(network.nodes[name]["value"])
    network.nodes["c"]["value"], network.nodes["f"]["value"] = -10.0, 5.0
    text = "\n".join(nx.generate_graphml(network))
    assert ng.run(from_networkx(network_in(text.encode()))).values["L"] == -20.0


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\r"
MICROGRAD = b"""digraph {
  graph [rankdir=LR]
  1 [label="{ a | data 2.0000 | grad 0.0000 }" shape=record]
  2 [label="{ b | data -3.0000 | grad 0.0000 }" shape=record]
  3 [label="{ e | data -6.0000 | grad 0.0000 }" shape=record]
  "3*" [label="*"]
  "3*" -> 3
  4 [label="{  | data -1.0000 | grad 0.0000 }" shape=record]
  "4tanh" [label=tanh]
  "4tanh" -> 4
  1 -> "3*"
  2 -> "3*"
  3 -> "4tanh"
}"""


def test_what_micrograd_s_notebook_draws_is_read_with_its_numbers_and_labels() -> None:
    graph = from_networkx(network_in(MICROGRAD))
    assert [(node.name, node.op, node.value) for node in graph.nodes()][:3] == [
        ("a", "input", 2.0),
        ("b", "input", -3.0),
        ("e", "multiply", None),
    ]
    assert [node.op for node in graph.nodes()][3:] == ["tanh"]


def test_an_order_of_inputs_that_edges_tell_is_kept() -> None:
    network: Any = nx.DiGraph()
    network.add_node("y", op="sub")
    network.add_edge("b", "y", port=1)
    network.add_edge("a", "y", port="0")
    assert ng.to_text(from_networkx(network)) == "y = a - b"
    parallel: Any = nx.MultiDiGraph()
    parallel.add_node("y", op="div")
    parallel.add_edge("b", "y", key=1)
    parallel.add_edge("a", "y", key=0)
    assert ng.to_text(from_networkx(parallel)) == "y = a / b"


def test_a_word_that_nobody_knows_is_mapped_or_refused() -> None:
    network: Any = nx.DiGraph([("a", "m"), ("b", "m")])
    network.nodes["m"]["op"] = "MatMul"
    assert mapping_of(network)[-1].line == "MatMul → ?  (1 node)"
    with pytest.raises(Refused, match="Nobody here knows what “MatMul” means; map it to an operation"):
        from_networkx(network)
    assert from_networkx(network, {"MatMul": "multiply"}).node("m").op == "multiply"
    with pytest.raises(
        Refused, match="“MatMul” cannot mean multipl, which is no operation; did you mean multiply"
    ):
        from_networkx(network, {"MatMul": "multipl"})


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (nx.Graph([("a", "relu")]), "no directions"),
        (nx.DiGraph(), "no nodes"),
        ([("a", "relu")], "A network of networkx is read, not a list"),
        (nx.DiGraph([("add", "mul"), ("mul", "add")]), "a cycle: add → mul → add"),
        (nx.DiGraph([("a", "tanh_"), ("b", "tanh_")]), "tanh_ has 2 inputs, and Tanh takes 1"),
        (nx.DiGraph([("a", "add")]), "add has 1 input, and Add takes 2 or more"),
    ],
)
def test_what_is_no_graph_of_operations_is_refused(network: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        from_networkx(network)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"{", b"{}", b'{"nodes": [], "links": {}}', b'{"nodes": [1], "links": []}',
        b'{"directed": true, "nodes": [{"id": "a"}, {"id": "a"}], "links": []}',
        b'{"directed": true, "nodes": [{"id": "a"}], "links": [{"source": "a", "target": "b"}]}',
        b'{"directed": true, "nodes": [{"id": "a"}], "links": [3]}',
        b'{"directed": false, "nodes": [{"id": "a"}], "links": []}',
        b"<graphml", b"<graphml/>", b'<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>', b"<\xff>",
        b"digraph {", b"graph { a -- b }", b"digraph { a -> }", b"digraph {\xff}", b"digraph { a -- b }",
        b'digraph { "a }', b"digraph { a [label=<b] }", b"digraph { a } digraph { b }", b"digraph { a:: }",
        b"digraph " + b"{" * 100, b"digraph {" + b"a;" * 600_000 + b"}", b"digraph { a [b = ] }",
        b"digraph { \x00 }", b"digraph { a -> b ] }", b'{"nodes": [{"id": null}], "links": []}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NodegraphError) as refused:
        from_networkx(network_in(data))
    assert isinstance(refused.value, DocumentError | Refused)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"x,y\n1,2\n3,4\n",
            "This is a table, and so neither node-link JSON, nor GraphML, nor DOT; load it as data of a "
            "graph.",
        ),
        (
            PNG + b"IHDR",
            "This is neither node-link JSON, nor GraphML, nor DOT; open it as it is, where nodegraph "
            "exported it.",
        ),
    ],
)
def test_what_is_no_graph_of_another_program_is_told_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        network_in(data)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'<?xml version="1.0"?><gexf version="1.3"><graph/></gexf>', "This is a GEXF file, and so neither"),
        (b"<!DOCTYPE html><html></html>", "This is a web page, and so neither"),
    ],
)
def test_xml_that_is_no_graphml_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        network_in(data)


@pytest.mark.parametrize("word", ["softmax", "ReLU6", "relu6_2", "log2", "Log10", "exp2"])
def test_an_operation_that_nobody_knows_is_never_passed_over(word: str) -> None:
    network: Any = nx.DiGraph([("x", "y")])
    network.nodes["y"]["op"] = word
    with pytest.raises(Refused, match=f"Nobody here knows what “{word}” means"):
        from_networkx(network)
    assert from_networkx(network, {word: "tanh"}).node("y").op == "tanh"


def test_two_edges_from_one_node_are_two_inputs_also_where_no_multigraph_is_told() -> None:
    edges = b'[{"source": "x", "target": "y"}, {"source": "x", "target": "y"}]'
    document = b'{"directed": true, "nodes": [{"id": "x"}, {"id": "y", "op": "mul"}], "edges": %s}'
    assert ng.to_text(from_networkx(network_in(document % edges))) == "y = x * x"


def test_a_wrong_edge_is_told_under_the_key_that_the_file_has() -> None:
    with pytest.raises(DocumentError) as told:
        network_in(b'{"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b"}]}')
    assert "edges[0]" in str(told.value)


def node_link(attributes: str, op: str = '"op": "relu"', edge: str = "") -> bytes:
    """x, with attributes, into y."""
    nodes = f'{{"id": "x"{attributes}}}, {{"id": "y", {op}}}'
    return f'{{"nodes": [{nodes}], "links": [{{"source": "x", "target": "y"{edge}}}]}}'.encode()


@pytest.mark.parametrize(
    "value", ['"abc"', "true", "[1]", '"2,5"', '{"a": 1}', '"1e999"', '"1_000"', '"nan"']
)
def test_a_value_that_is_no_number_is_refused_by_name(value: str) -> None:
    with pytest.raises(Refused, match=r"^x: its value is “.*”, which is no finite number\.$"):
        from_networkx(network_in(node_link(f', "value": {value}')))


def test_a_number_that_only_counts_the_nodes_is_no_value() -> None:
    found = read_network(nx.DiGraph([(7, "mul"), (8, "mul")]))
    assert [node.value for node in found.graph.nodes() if node.op == "input"] == [1.0, 1.0]
    assert "a and b have no value and start at 1" in found.notes


@pytest.mark.parametrize(
    ("op", "said"),
    [
        (
            '"op": "leaky_relu", "negative_slope": 0.2',
            "y: its negative_slope is “0.2”, and Leaky ReLU has 0.01",
        ),
        ('"op": "softplus", "beta": 2', "y: its beta is “2”, and Softplus has 1 here"),
        ('"op": "log", "base": 10', "y: its base is “10”"),
    ],
)
def test_another_parameter_of_an_operation_is_refused(op: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        from_networkx(network_in(node_link("", op)))
    same = '"op": "leaky_relu", "negative_slope": 0.01'
    assert read_network(network_in(node_link(', "value": 3', same))).notes == []


def test_what_is_not_used_and_what_comes_to_another_value_is_told() -> None:
    data = node_link(
        ', "value": -3, "color": "red"', '"op": "relu", "value": 4, "alpha": 1', ', "weight": 0.5'
    )
    assert read_network(network_in(data)).notes == [
        "y is said to be 4, and comes to 0",
        "not used: color (1 node), alpha (1 node), weight (1 edge)",
    ]


@pytest.mark.parametrize("name", ["of subgraphs", "rankdir"])
def test_an_attribute_of_the_whole_may_have_any_name(name: str) -> None:
    whole = f'digraph {{ graph ["{name}"=5]; a [op=input value=1]; b [op=tanh]; a -> b }}'.encode()
    linked = {
        "graph": {name: 5},
        "nodes": [{"id": "a", "op": "input", "value": 1}, {"id": "b", "op": "tanh"}],
        "links": [{"source": "a", "target": "b"}],
    }
    for data in (whole, json.dumps(linked).encode()):
        assert read_network(network_in(data)).notes[-1] == f"not used: {name} (of the whole)"


def test_what_subgraphs_of_dot_say_is_told() -> None:
    text = b"""digraph { rankdir=LR; {rank=same; x} x -> y; y [label=tanh]
        subgraph cluster_0 { label="layer 1"; graph [style=dashed]; y }
        subgraph cluster_1 { label="loss" } }"""
    assert read_network(network_in(text)).notes[1:] == [
        "not used: rankdir (of the whole), the titles of subgraphs: “layer 1”, “loss”, "
        "rank, style (of subgraphs)"
    ]


def test_an_operation_without_inputs_is_no_input() -> None:
    with pytest.raises(Refused, match="x has 0 inputs, and Multiply takes 2 or more; an edge leads from"):
        from_networkx(network_in(node_link(', "op": "mul"')))
    told = mapping_of(network_in(node_link(', "op": "get_attr"')))
    assert told[0].line == "get_attr → input  (1 node)"


def test_what_a_document_of_ours_says_by_networkx_is_kept() -> None:
    network: Any = nx.MultiDiGraph([("x", "y", 0), ("x", "z", 0)], title="Three", output="y")
    network.nodes["x"].update(op="input", value=2.0, trainable=False)
    network.nodes["y"].update(op="exp", muted=True)
    network.nodes["z"].update(op="tanh")
    graph = from_networkx(network)
    assert (graph.title, graph.output) == ("Three", "y")
    assert not graph.node("x").trainable
    assert ng.run(graph).values["y"] == 2.0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"graph": {"format": "nodegraph"}, "nodes": [], "edges": []}', "open it as it is, without --from"),
        (b'{"nodes": [{"id": 1}], "links": [{}], "edges": [{}]}', "This holds edges twice"),
        (
            b'{"multigraph": true, "nodes": [{"id": 1}], "links": '
            b'[{"source": 1, "target": 1, "key": 0}, {"source": 1, "target": 1, "key": 0}]}',
            r"links\[1\]: there is such an edge with the same key already",
        ),
        (
            b'{"multigraph": true, "nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2},'
            b' {"source": 2, "target": 1, "key": 0}, {"source": 1, "target": 2, "key": 0}]}',
            r"links\[2\]: there is such an edge with the same key already",
        ),
    ],
)
def test_node_link_json_that_says_something_twice_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        network_in(data)


def test_keys_order_the_inputs_also_where_no_multigraph_is_told() -> None:
    edges = b'[{"source": "a", "target": "y", "key": 1}, {"source": "b", "target": "y", "key": 0}]'
    nodes = b'[{"id": "a"}, {"id": "b"}, {"id": "y", "op": "sub"}]'
    network = network_in(b'{"nodes": %s, "links": %s}' % (nodes, edges))
    assert ng.to_text(from_networkx(network)) == "y = b - a"


def test_the_keys_of_edges_order_the_inputs_in_dot_too_and_tell_edges_apart() -> None:
    ordered = network_in(b"digraph { a -> y [key=1]; b -> y [key=0]; y [op=sub] }")
    assert ng.to_text(from_networkx(ordered)) == "y = b - a"
    twice = network_in(b"digraph { a -> y [key=first]; a -> y [key=second]; y [op=mul] }")
    assert ng.to_text(from_networkx(twice)) == "y = a * a"


@pytest.mark.parametrize(
    "data",
    [
        b'{"nodes": [{"id": "a", "self": 1, "node_for_adding": 2}, {"id": "y", "op": "tanh"}], '
        b'"links": [{"source": "a", "target": "y", "self": 1, "u_for_edge": 2}]}',
        b"digraph { node [self=1] y [op=tanh] a -> y [self=1, v_for_edge=2] }",
    ],
)
def test_attributes_may_be_called_as_the_arguments_of_networkx(data: bytes) -> None:
    assert ng.to_text(from_networkx(network_in(data))) == "y = tanh(a)"


@pytest.mark.parametrize(("port", "text"), [('\\"0\\"', "y = b - a"), ("9" * 5_000, "y = a - b")])
def test_a_port_may_stand_in_quotation_marks_and_be_no_number_that_can_be_read(port: str, text: str) -> None:
    edges = f'{{"source": "a", "target": "y", "port": 1}}, {{"source": "b", "target": "y", "port": "{port}"}}'
    nodes = '{"id": "a"}, {"id": "b"}, {"id": "y", "op": "sub"}'
    network = network_in(f'{{"nodes": [{nodes}], "links": [{edges}]}}'.encode())
    assert ng.to_text(from_networkx(network)) == text


def test_a_multigraph_of_which_no_edge_has_a_key_keeps_its_parallel_edges() -> None:
    edges = ", ".join(['{"source": "a", "target": "mul"}'] * 2)
    network = network_in(
        f'{{"multigraph": true, "nodes": [{{"id": "a"}}, {{"id": "mul"}}], "links": [{edges}]}}'.encode()
    )
    assert ng.to_text(from_networkx(network)) == "mul = a * a"


def test_ports_that_are_the_same_are_refused() -> None:
    network: Any = nx.DiGraph()
    network.add_node("y", op="sub")
    network.add_edge("b", "y", port=1)
    network.add_edge("a", "y", port=1)
    with pytest.raises(Refused, match="y: two of its edges fill the same port"):
        from_networkx(network)


# --- GraphML
def graphml(inside: str, keys: str = "") -> bytes:
    name = 'xmlns="http://graphml.graphdrawing.org/xmlns"'
    return f'<graphml {name}>{keys}<graph edgedefault="directed">{inside}</graph></graphml>'.encode()


X_TO_Y = '<node id="x"/><node id="relu"/><edge source="x" target="relu"{}/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (graphml('<node id="x"/>' * 2), '"x" is the id of two nodes'),
        (graphml('<node id="x"/><edge source="x" target="y"/>'), 'An edge names "y", which is no node'),
        (graphml(X_TO_Y.format(' targetport="1"')), "ports of GraphML are not read"),
        (graphml("<a>" * 100 + "</a>" * 100), "nested more than 64 levels"),
        (graphml("<a/>" * 150_000), "more than 150,000 elements"),
        (graphml("</graph><graph>"), "This holds several graphs; keep one of them"),
        (graphml('<node id="g"><graph/><graph/></node>'), 'The node "g" holds several graphs; keep one'),
        (
            graphml('<node id="x"/><node id="g"><graph/></node><edge source="x" target="g"/>'),
            'An edge names "g", which holds a graph of its own; lead the edge to a node in that',
        ),
        (graphml("<a>"), r"line 1, column \d+: this is no XML \(mismatched tag\)"),
        (graphml(X_TO_Y.format(""), '<key id="a"/>'), "This is no GraphML that can be read"),
        (
            graphml(
                '<node id="x"><data key="s">1</data></node><node id="relu"/><edge source="x" target="relu"/>',
                '<key id="s" for="node" attr.name="self" attr.type="string"/>',
            ),
            "Data of nodes cannot be called self here; give the key another name",
        ),
    ],
)
def test_what_networkx_would_pass_over_in_graphml_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        network_in(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = 2; b = 3;\nL = (a.*b).^2;\n", "This is a formula, and so neither .* whose name ends in .txt"),
        (b"The loss is good.", "This is a text, and so neither .* whose name ends in .txt"),
        (b'{"elements": {"nodes": []}}', "it lacks a list .*; save it so, or as GraphML or DOT"),
    ],
)
def test_what_is_no_network_is_told_with_a_way_on(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        network_in(data)


def test_bytes_that_are_neither_text_nor_of_a_known_kind_are_told_as_what_they_are_not() -> None:
    with pytest.raises(DocumentError, match=r"no text in UTF-8 \(the byte 0xf3 at offset 1\), nor a file of"):
        network_in(b"K\xf3[8\xc4%~\xee" * 40)


def test_graphs_within_nodes_are_read_as_parts_of_the_whole_as_groups_of_yed_are() -> None:
    inner = '<node id="g::h"><graph><node id="g::h::relu"/></graph></node><node id="g::y"/>'
    edges = '<edge source="x" target="g::h::relu"/><edge source="g::h::relu" target="g::y"/>'
    group = f'<node id="g"><graph edgedefault="directed">{inner}</graph></node>'
    network = network_in(graphml(f'<node id="x"/>{group}{edges}'))
    assert sorted(network.nodes) == ["g::h::relu", "g::y", "x"]
    assert sorted(network.edges) == [("g::h::relu", "g::y"), ("x", "g::h::relu")]


def test_a_value_that_stands_for_all_in_graphml_is_taken() -> None:
    key = '<key id="v" for="node" attr.name="value" attr.type="double"><default>2.5</default></key>'
    assert from_networkx(network_in(graphml(X_TO_Y.format(""), key))).node("x").value == 2.5


def test_keys_of_nodes_and_of_edges_that_share_an_id_are_told_apart_as_rustworkx_writes_them() -> None:
    keys = (
        '<key id="d1" for="node" attr.name="op" attr.type="string"/>'
        '<key id="d2" for="node" attr.name="value" attr.type="double"/>'
        '<key id="d3" for="all" attr.name="label" attr.type="string"/>'
        '<key id="d1" for="edge" attr.name="port" attr.type="int"/>'
    )
    said = '<data key="d1">input</data><data key="d2">{}</data><data key="d3">{}</data>'
    nodes = "".join(
        f'<node id="{one}">{said.format(value, one)}</node>' for one, value in (("b", 2), ("a", 5))
    )
    result = '<node id="d"><data key="d1">subtract</data></node>'
    edges = "".join(
        f'<edge source="{one}" target="d"><data key="d1">{port}</data></edge>'
        for one, port in (("a", 1), ("b", 0))
    )
    found = read_network(network_in(graphml(nodes + result + edges, keys)))
    assert ng.run(found.graph).values == {"b": 2, "a": 5, "d": -3}


def test_graphml_without_a_namespace_is_read_as_networkit_writes_it() -> None:
    data = graphml(X_TO_Y.format("")).replace(b"xmlns=", b"xmlnsi=")
    assert sorted(network_in(data).edges) == [("x", "relu")]


# --- DOT
def test_dot_is_read_with_its_subgraphs_ports_and_defaults() -> None:
    text = b"""/* s = c - a*b */ strict digraph "my net" { rankdir=LR; node [value=2]
      subgraph cluster_0 { label=inner; a; b [value="3"]; "ns:m" [op=mul]; a -> "ns:m"; b -> "ns:m"
      }
      # a remark
      c [label=<<b>4</b>>, value=4]; node [value=""]; s [op="s" + "ub"]
      "ns:m" -> s:1:w; c -> s:0 // the rest
    }"""
    found = read_network(network_in(text))
    assert found.graph.title == "my net"
    assert ng.run(found.graph).values == {"a": 2, "b": 3, "c": 4, "ns:m": 6, "s": -2}


def test_all_nodes_of_a_group_in_dot_feed_what_it_leads_to() -> None:
    graph = from_networkx(network_in(b"digraph { {a b} -> mul -> relu }"))
    assert [(edge.source, edge.target) for edge in graph.edges()] == [
        ("a", "mul"),
        ("b", "mul"),
        ("mul", "relu"),
    ]


def test_a_mistake_in_dot_is_told_at_its_place() -> None:
    with pytest.raises(DocumentError) as told:
        network_in(b"digraph {\n  a -> ;\n}")
    assert str(told.value) == "line 2, column 8: expected a name"


@pytest.mark.parametrize(
    "text", ["\ufeffdigraph { a -> relu }", "DIGRAPH G { A -> Relu; }", "Strict Digraph{a->relu}"]
)
def test_dot_is_known_with_a_mark_before_it_and_in_capitals(text: str) -> None:
    assert [node.op for node in from_networkx(network_in(text.encode())).nodes()] == ["input", "relu"]


def test_a_node_that_only_names_a_leaf_is_told() -> None:
    network = nx.DiGraph([("t", "n2"), ("n2", "L")])
    network.nodes["n2"]["label"] = "frobnicate"
    network.nodes["L"]["op"] = "square"
    found = read_network(network)
    assert [node.op for node in found.graph.nodes()] == ["input", "square"]
    assert "n2 only names what feeds it: no operation known here is said there" in found.notes
    network.add_edge("L", "result")  # as micrograd's draw_dot has a box of a value after each operation
    assert not any("result" in note for note in read_network(network).notes)


def test_a_node_behind_one_that_was_mapped_by_its_name_is_told() -> None:
    network = nx.DiGraph([("x", "h1"), ("w1", "h1"), ("h1", "h2"), ("h2", "y"), ("t", "y")])
    found = read_network(network, {"h1": "multiply", "y": "subtract"})
    assert "h2 only names what feeds it: no operation known here is said there" in found.notes
    boxes = nx.DiGraph([("x", "mul"), ("w", "mul"), ("mul", "y")])  # an operation and a box for its result
    assert not any("only names" in note for note in read_network(boxes).notes)


def test_a_network_that_is_too_large_is_refused_before_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_NODES", 2)
    document = {"nodes": [{"id": 1}, {"id": 1}, {"id": 2}], "links": []}
    with pytest.raises(DocumentError, match="A graph has at most 200,000 nodes and 400,000 edges"):
        reading.network_in(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("said", "learns"), [(True, True), (False, False), ("no", False), ("1", True), (0, False)]
)
def test_what_is_trained_may_be_said_in_words(said: object, learns: bool) -> None:
    network = nx.DiGraph([("a", "n")])
    network.add_node("a", trainable=said)
    network.add_node("n", op="neg", muted=said)
    graph = from_networkx(network)
    assert (graph.node("a").trainable, graph.node("n").muted) == (learns, learns)


def test_what_is_neither_true_nor_false_is_refused() -> None:
    network = nx.DiGraph([("a", "n")])
    network.add_node("n", op="neg", muted="perhaps")
    with pytest.raises(Refused, match="n: its muted is “perhaps”, which is neither true nor false"):
        from_networkx(network)


def test_a_second_number_of_a_node_is_told() -> None:
    network = nx.DiGraph([("a", "n"), ("b", "n")])
    network.add_node("a", value=2, data=3)
    network.add_node("b", value=2, data="2.0")
    network.add_node("n", op="add")
    assert read_network(network).notes == ["not used: data (1 node)"]


def test_leaves_that_micrograd_draws_without_labels_are_inputs_with_their_values() -> None:
    text = """digraph { 1 [label="{ data 2.0000 | grad 3.0000 }" shape=record]
    2 [label="{ data 3.0000 | grad 2.0000 }"]; "3*" [label="*"]; 1 -> "3*"; 2 -> "3*"; half [label="0.5"]
    s [label="+"]; "3*" -> s; half -> s }"""
    graph = read_network(network_in(text.encode())).graph
    leaves = [(node.op, node.value) for node in graph.nodes() if node.is_leaf]
    assert leaves == [("input", 2.0), ("input", 3.0), ("constant", 0.5)]


def test_a_graph_of_torch_without_its_numbers_says_what_to_read_instead() -> None:
    network = nx.DiGraph([("w", "1"), ("1", "2")])
    network.add_node("1", label="AccumulateGrad")
    network.add_node("2", label="PowBackward0")
    with pytest.raises(
        Refused, match="torchviz draws it, leaves out numbers and what gets no gradient; read"
    ):
        from_networkx(network)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.R", "R"),
        ("a.jl", "Julia"),
        ("A.java", "Java"),
        ("a.go", "Go"),
        ("a.F90", "Fortran"),
        ("a.nb", "Math"),
    ],
)
def test_a_program_in_another_language_is_named(name: str, language: str) -> None:
    with pytest.raises(DocumentError, match=f"This is a program in {language}.*save the lines of it that"):
        formula_files.refuse_other_language(name, b"f <- function(x) x^2")
    formula_files.refuse_other_language(name, b"digraph { a -> b }")
    formula_files.refuse_other_language("a.py", b"import math")


def test_formulas_of_a_language_that_divides_whole_numbers_are_not_read_from_its_files() -> None:
    assert formula_files.is_to_be_read_as_text("a.m", b"y = x/2;")
    assert not formula_files.is_to_be_read_as_text("a.c", b"y = 1/2*x;")


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("a.tex", b"E = mc^2\n", "E = mc^2\\,"),
        ("a.TEX", b"F = m a", "F = m a\\,"),
        ("a.tex", b"y = a*b", "y = a*b"),
        ("a.tex", rb"y = x_{1}", "y = x_{1}"),
        ("a.txt", b"E = mc^2", "E = mc^2"),
    ],
)
def test_a_tex_file_without_a_sign_of_latex_is_latex(name: str, text: bytes, read: str) -> None:
    assert formula_files.text_in(name, text) == read
