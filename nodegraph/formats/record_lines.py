"""Nodes and edges as lines of a document: its form is read and written in `native`."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from nodegraph.core.graph.records import Edge, Node
from nodegraph.formats import bends
from nodegraph.formats.values import Document

json_string: Callable[[str], str] = encode_basestring
"""A text as JSON."""


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def node_line(node: Node) -> str:
    """Returns `node_record` as JSON; of the many nodes that hold nothing special, without a detour."""
    value, x, y = node.value, node.x, node.y
    is_plain = (
        not (node.muted or node.colour or node.named or node.extra) and node.trainable and node.column is None
    )
    if not is_plain or not (_is_plain(value) and _is_plain(x) and _is_plain(y)):
        return json_text(node_record(node))
    name = "" if node.name == node.id else f', "name": {json_string(node.name)}'
    valued = "" if value is None else f', "value": {value!r}'
    placed = "" if x is None or y is None else f', "x": {x!r}, "y": {y!r}'
    return f'{{"id": {json_string(node.id)}, "op": {json_string(node.op)}{name}{valued}{placed}}}'


def _is_plain(number: float | None) -> bool:
    """Whether Python writes a number as JSON does, or there is none."""
    return number is None or (type(number) is float and isfinite(number))


def edge_line(edge: Edge) -> str:
    """Returns `edge_record` as JSON, in the same way."""
    if edge.via or edge.extra or type(edge.port) is not int:
        return json_text(edge_record(edge))
    source, target = json_string(edge.source), json_string(edge.target)
    return f'{{"source": {source}, "target": {target}, "key": {edge.port}}}'


def node_record(node: Node) -> Document:
    record: Document = {"id": node.id, "op": node.op}
    if node.name != node.id:
        record["name"] = node.name
    if node.value is not None:
        record["value"] = node.value
    if not node.trainable:
        record["trainable"] = False
    if node.muted:
        record["muted"] = True
    if node.named:
        record["named"] = True
    record |= {"column": node.column} if node.column is not None else {}
    record |= {"colour": node.colour} if node.colour else {}
    if node.x is not None and node.y is not None:
        record |= {"x": node.x, "y": node.y}
    return record | {key: value for key, value in node.extra.items() if key not in record}


def edge_record(edge: Edge) -> Document:
    record: Document = {"source": edge.source, "target": edge.target, "key": edge.port}
    if edge.via:
        record["via"] = bends.points(edge)
    return record | {key: value for key, value in edge.extra.items() if key not in record}
