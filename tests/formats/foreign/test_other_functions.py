"""Functions that no operation here is, in nodes with one input: refused, not taken for a result's name."""

from collections.abc import Collection, Iterator

import networkx as nx
import pytest

from nodegraph.core.errors import Refused
from nodegraph.formats.foreign import networks
from nodegraph.formats.foreign.networks import mapping_of, read_network
from nodegraph.formats.foreign.other_functions import is_of_another

BEHIND = {"a leaf": [("x", "n")], "an operation": [("x", "mul"), ("w", "mul"), ("mul", "n")]}


def network_of(where: str, label: str) -> nx.DiGraph:
    network = nx.DiGraph(BEHIND[where])
    network.nodes["n"]["label"] = label
    network.add_edge("n", "relu")
    return network


FUNCTIONS = (
    "cosh GELU gelu_1 Dropout sign softmax log2 erf nn.GELU LayerNorm Linear GeluBackward0 cosh(x) ^2 **3 "
    "()² z^2 1/() 2*"
)
IN_WORDS = ("GELU activation", "Softmax layer", "tanh layer", "cosh of x", "sigmoid function")
RESULTS = (
    "e out loss mse norm s1 layer-1 x* a^[1] (1,3) () w/o I/O x*w -1 1e-5 σ² linear x^2 relu(x) ViewBackward0"
)


@pytest.mark.parametrize("where", BEHIND)
@pytest.mark.parametrize("label", [*FUNCTIONS.split(), "+ 1", "( )²", *IN_WORDS])
def test_an_unknown_function_with_one_input_is_refused_as_one_with_two_is(where: str, label: str) -> None:
    network = network_of(where, label)
    with pytest.raises(Refused) as told:
        read_network(network)
    assert f"Nobody here knows what “{label}” means; map it to an operation" in str(told.value)
    assert (label, "", 1) in [(one.word, one.op, one.count) for one in mapping_of(network)]
    assert "softplus" in [node.op for node in read_network(network, {label: "softplus"}).graph.nodes()]


@pytest.mark.parametrize("label", [*RESULTS.split(), "hidden layer", "mean of x", "input layer"])
def test_the_name_of_a_result_stays_a_name(label: str) -> None:
    graph = read_network(network_of("an operation", label)).graph
    assert [node.op for node in graph.nodes()] == ["input", "multiply", "input", "relu"]


def test_a_formula_in_a_letter_of_its_own_is_a_piece_behind_a_leaf() -> None:
    for label in ("x^2", "1/x", "exp(x)"):
        with pytest.raises(Refused, match="Nobody here knows"):
            read_network(network_of("a leaf", label))


def test_a_name_between_operations_that_feed_each_other_is_told() -> None:
    network = nx.DiGraph(
        [("x", "mul"), ("w", "mul"), ("mul", "relu"), ("relu", "frobnicate"), ("frobnicate", "exp")]
    )
    told = read_network(network)
    assert "frobnicate only names what feeds it: no operation known here is said there" in told.notes
    with_boxes = nx.DiGraph([("x", "mul"), ("w", "mul"), ("mul", "h"), ("h", "relu"), ("relu", "y")])
    with_boxes.add_edge("y", "exp")
    assert not any("only name" in note for note in read_network(with_boxes).notes)


class NeverCounted(Collection[str]):
    """Names that may only be asked for one."""

    def __contains__(self, name: object) -> bool:
        return name == "z"

    def __iter__(self) -> Iterator[str]:
        pytest.fail("all names were gone through")

    def __len__(self) -> int:
        return 20_000


def test_no_word_goes_through_the_names_of_all_nodes() -> None:
    words = ("exp(x)", "exp(z)", "x^2", "z^2", "f(x)")
    assert [is_of_another(word, {}, NeverCounted(), "add") for word in words] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_too_many_unknown_words_are_refused_before_all_nodes_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, asked, said_by = nx.DiGraph(), [], networks.said_by
    for number in range(3_000):
        network.add_node(f"q{number}", op=f"zz{number}")
        network.add_edge("x", f"q{number}")
    monkeypatch.setattr(networks, "said_by", lambda held, node: asked.append(node) or said_by(held, node))
    with pytest.raises(Refused, match="more than 1,000 words that nobody here knows"):
        read_network(network)
    assert len(asked) < 1_100
