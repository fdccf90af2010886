"""The dialog for a neuron, a layer or an MLP: says at once what it would make, or why it cannot be. Hands
over a Change; applies nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from nodegraph.app.platform import style
from nodegraph.app.widgets.choice import Choice
from nodegraph.app.widgets.dialog import Dialog, buttons_of, form_of
from nodegraph.app.widgets.number_box import NumberBox
from nodegraph.app.widgets.text import Text
from nodegraph.canvas.fields.keypad_point import point_by_keypad
from nodegraph.core.building import networks
from nodegraph.core.building.networks import ACTIVATIONS, LOSSES, STARTS, Count, neurons_of, read_sizes
from nodegraph.core.errors import Refused
from nodegraph.core.graph.changes import Change
from nodegraph.core.graph.graph import Graph
from nodegraph.core.graph.naming import listed
from nodegraph.core.numbers import read_number

Kind = Literal["neuron", "layer", "mlp"]

TITLES: Mapping[Kind, str] = {
    "neuron": "Insert a Neuron",
    "layer": "Insert a Layer",
    "mlp": "Insert an MLP",
}
LEADS: Mapping[Kind, str] = {
    "neuron": "A weighted sum of its inputs and a bias, through an activation.",
    "layer": "Neurons side by side: each takes all inputs, with weights of its own.",
    "mlp": "A multi-layer perceptron: each layer takes all values of the one before.",
}
MOST = 999
MOST_SEED = 999_999
WIDTH_PX = 400


class NetworkDialog(Dialog):
    """Choose the shape; then Insert."""

    made = Signal(object)
    """The Change that inserts what was chosen."""

    def __init__(
        self, kind: Kind, graph: Graph, feeding: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("network")
        self.setWindowTitle(TITLES[kind])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind, self.graph, self.feeding = kind, graph, list(feeding)
        self.sizes = QLineEdit("2-4-1")
        _name(self.sizes, "sizes", "Sizes", "Inputs, neurons of each hidden layer, outputs: 2-4-1")
        self.inputs = _spin("inputs", "Inputs", 2)
        self.neurons = _spin("neurons", "Neurons", 4 if kind == "layer" else 1)
        self.activation = Choice.of("network.activation", "Activation", ACTIVATIONS, "tanh")
        self.output = Choice.of("network.output", "Output activation", ACTIVATIONS, "sigmoid")
        self.loss = Choice.of("network.loss", "Loss", LOSSES, networks.SQUARED)
        self.penalty = QLineEdit("0")
        point_by_keypad(self.penalty)
        _name(
            self.penalty,
            "penalty",
            "L2 penalty",
            "α of a term α·Σ p² over all weights and biases; 0 for none",
        )
        self.start = Choice.of("network.start", "Start of the weights", STARTS, networks.UNIFORM)
        self.seed = _spin("seed", "Seed", len(graph) % (MOST_SEED + 1), 0, MOST_SEED)
        self.seed.setToolTip("Which random weights and biases: the same seed gives the same ones again")
        self.sentence = Text()
        self.sentence.setObjectName("network.sentence")
        self.insert_button = QPushButton("&Insert", default=True)
        self.insert_button.setObjectName("network.insert")
        self.cancel_button = QPushButton("&Cancel", autoDefault=False)
        self._lay_out()
        self._connect()
        self.follow()

    def _lay_out(self) -> None:
        lead = Text()
        lead.say(LEADS[self.kind])
        style.set_role(lead, "dim")
        form = form_of(self._rows())
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.keep_lines(self.sentence)
        layout = self.column()
        layout.addWidget(lead)
        layout.addLayout(form)
        layout.addWidget(self.sentence)
        layout.addStretch(1)
        layout.addLayout(buttons_of(self.cancel_button, self.insert_button))
        self.setMinimumWidth(style.px(WIDTH_PX))

    def _rows(self) -> list[tuple[str, QWidget]]:
        """The fields of this kind, from top to bottom; the first has the focus."""
        if self.kind == "mlp":
            return [
                ("Si&zes", self.sizes), ("&Activation", self.activation), ("&Output activation", self.output),
                ("&Loss", self.loss), ("L2 &penalty", self.penalty), ("S&tart of the weights", self.start),
                ("&Seed", self.seed),
            ]  # fmt: skip
        rows: list[tuple[str, QWidget]] = [] if self.feeding else [("I&nputs", self.inputs)]
        rows += [("Neu&rons", self.neurons)] if self.kind == "layer" else []
        rows += [("&Activation", self.activation), ("S&tart of the weights", self.start)]
        return [*rows, ("&Seed", self.seed)]

    def _connect(self) -> None:
        for line in (self.sizes, self.penalty):
            line.textChanged.connect(self.follow)
        for spin in (self.inputs, self.neurons, self.seed):
            spin.valueChanged.connect(self.follow)
        for box in (self.activation, self.output, self.loss, self.start):
            box.currentIndexChanged.connect(self.follow)
        self.loss.activated.connect(self._suit_output)
        self.insert_button.clicked.connect(self.insert)
        self.cancel_button.clicked.connect(self.reject)
        first = self._rows()[0][1]
        first.setFocus()
        if first is self.sizes:
            self.sizes.selectAll()

    def _suit_output(self) -> None:
        """Let the outputs be what the chosen loss can take, where they are not."""
        output = networks.output_for(self.loss.currentData(), self.output.currentData())
        self.output.setCurrentIndex(self.output.findData(output))

    # --- what was chosen
    def count(self) -> Count:
        """What it would make. Raises Refused where it cannot be made."""
        if self.kind == "mlp":
            shape = read_sizes(self.sizes.text())
            output, loss = self.output.currentData(), self.loss.currentData()
            activation, penalty = self.activation.currentData(), read_number(self.penalty.text())
            return networks.count_mlp(shape, activation, output, loss, penalty)
        return networks.count_layer(self._taken(), self.neurons.value(), self.activation.currentData())

    def change(self) -> Change:
        """The Change that inserts it. Raises Refused where it cannot be made."""
        activation, seed, start = (
            self.activation.currentData(), self.seed.value(), self.start.currentData(),
        )  # fmt: skip
        if self.kind == "mlp":
            output, loss = self.output.currentData(), self.loss.currentData()
            shape, penalty = read_sizes(self.sizes.text()), read_number(self.penalty.text())
            return networks.mlp(
                self.graph, shape, activation, output, loss, seed=seed, start=start, penalty=penalty
            )
        taken, neurons = self._taken(), self.neurons.value()
        return networks.layer(self.graph, taken, neurons, activation, seed=seed, start=start)

    def _taken(self) -> list[str] | int:
        return self.feeding or self.inputs.value()

    # --- telling
    def follow(self, _changed: object = None) -> None:
        """Say what the choice would make, or why it cannot be."""
        try:
            count = self.count()
        except Refused as refusal:
            style.set_role(self.sentence, "refusal")
            self.sentence.say(str(refusal))
            self.insert_button.setEnabled(False)
            return
        made = f"{count.parameters:,} weights and biases, {count.nodes:,} nodes"
        style.set_role(self.sentence, "plain")
        self.sentence.say(f"{self._shape()}: {made}.", f"{self._shape()}:<br><b>{made}</b>")
        self.insert_button.setEnabled(True)

    def _shape(self) -> str:
        """What it is made of, in words."""
        activation = self.activation.currentData()
        if self.kind == "mlp":
            shape = read_sizes(self.sizes.text())
            outputs = neurons_of(self.output.currentData(), shape[-1]).replace("neuron", "output")
            hidden = [neurons_of(activation, neurons) for neurons in shape[1:-1]]
            return ", ".join([_inputs(shape[0]), *hidden, outputs])
        verb = "takes" if self.neurons.value() == 1 else "take"
        names = [self.graph.node(node_id).name for node_id in self.feeding]
        taken = listed(names) if names else _inputs(self.inputs.value(), "new ")
        return f"{neurons_of(activation, self.neurons.value())} that {verb} {taken}"

    def insert(self) -> None:
        """Hand over the change and close."""
        try:
            change = self.change()
        except Refused as refusal:
            style.set_role(self.sentence, "refusal")
            self.sentence.say(str(refusal))
            return
        self.accept()
        self.made.emit(change)


def _inputs(count: int, kind: str = "") -> str:
    return f"{count} {kind}input{'s' if count != 1 else ''}"


def _name(field: QWidget, name: str, said: str, tip: str = "") -> None:
    field.setObjectName(f"network.{name}")
    field.setAccessibleName(said)
    field.setToolTip(tip)


def _spin(name: str, said: str, value: int, least: int = 1, most: int = MOST) -> NumberBox:
    spin = NumberBox(minimum=least, maximum=most, value=value)
    _name(spin, name, said)
    return spin
