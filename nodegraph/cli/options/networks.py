"""What `nodegraph new --network` may be asked for, in the words of the command line."""

from __future__ import annotations

import argparse

from nodegraph.cli.options import numbers

LOSSES = ("squared", "cross-entropy", "softmax", "hinge", "none")
STARTS = ("uniform", "normal", "unit")
OPTIONS = ("activation", "output_activation", "loss", "penalty", "start")
"""The options that belong to --network, by the names of what they set."""


def take_network(parser: argparse.ArgumentParser, kinds: argparse._MutuallyExclusiveGroup) -> None:
    """Take a network as *Insert ▸ Network* makes it."""
    kinds.add_argument(
        "--network",
        type=numbers.sizes,
        metavar="SIZES",
        help="a network to train on data, such as 2,16,16,1, with its targets and its loss",
    )
    parser.add_argument(
        "--activation",
        metavar="NAME",
        help="activation of its hidden neurons: tanh, relu, …, linear (tanh)",
    )
    parser.add_argument(
        "--output-activation",
        metavar="NAME",
        help="activation of its outputs (sigmoid; linear for softmax and hinge)",
    )
    parser.add_argument("--loss", choices=LOSSES, help="its loss (squared)")
    parser.add_argument(
        "--penalty", type=numbers.number, metavar="ALPHA", help="an L2 penalty on its weights and biases (0)"
    )
    parser.add_argument(
        "--start", choices=STARTS, help="how its weights are drawn, by --seed; unit: from -1 to 1 (uniform)"
    )
