"""What test graph may be asked of `nodegraph new` in place of a text."""

from __future__ import annotations

import argparse

from nodegraph.cli.options import networks, numbers


def take_shape(parser: argparse.ArgumentParser) -> None:
    """Take the kind of a test graph, its size and its seed."""
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--random", type=numbers.count, metavar="N", help="N nodes, each fed by any nodes before it"
    )
    shape.add_argument("--chain", type=numbers.count, metavar="N", help="N nodes, one after the other")
    shape.add_argument(
        "--wide", type=numbers.count, metavar="N", help="N nodes: a sum of products of two inputs"
    )
    shape.add_argument(
        "--mlp",
        type=numbers.sizes,
        metavar="SIZES",
        help="a network such as 2,16,16,1 over rows of data, with its squared error",
    )
    networks.take_network(parser, shape)
    parser.add_argument("--rows", type=numbers.count, metavar="R", help="the rows of data of --mlp (1)")
    parser.add_argument(
        "--seed",
        type=numbers.seed,
        metavar="S",
        help="the seed of the random numbers of a test graph or a network, from 0 (0)",
    )
