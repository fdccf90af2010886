#!/usr/bin/env bash
# Blender's math nodes give 0 where mathematics gives infinity or no number: 1/0, log(-1), the square root of -1 and the third root of -8.
#
# Guess before running: they compute as single precision does: infinity for 1/0, NaN for the root and the logarithm of a negative number and for a power
#   of one with a fraction.
# Seen: 1/0 = 0, 0/0 = 0, log(-1) = 0, sqrt(-1) = 0, (-8)^(1/3) = 0, arcsin(2) = pi/2; but 0^(-1) and exp(100) are infinity, and -2 rounded half is up:
#   round(-2.5) = -2.
# Who meets it: who builds a loss or its derivative from math nodes to animate gradient descent: where the true graph is NaN, Blender's goes on with 0,
#   an answer that looks like a minimum. nodegraph shows NaN and infinity.
# Versions: bpy==5.0.1 (some 500 MB); Python 3.11. Needs python3 with venv and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check bpy==5.0.1
cat > "$place/probe.py" <<'PROBE'
import bpy


def node(operation: str, *operands: float) -> float:
    """What a math node makes of operands, stored at the one point of a mesh."""
    tree = bpy.data.node_groups.new("tree", "GeometryNodeTree")
    for way in ("INPUT", "OUTPUT"):
        tree.interface.new_socket("Geometry", in_out=way, socket_type="NodeSocketGeometry")
    start, end = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
    store = tree.nodes.new("GeometryNodeStoreNamedAttribute")
    store.data_type, store.domain = "FLOAT", "POINT"
    store.inputs["Name"].default_value = "result"
    math = tree.nodes.new("ShaderNodeMath")
    math.operation = operation
    for place, number in enumerate(operands):
        value = tree.nodes.new("ShaderNodeValue")
        value.outputs[0].default_value = number
        tree.links.new(value.outputs[0], math.inputs[place])
    tree.links.new(start.outputs[0], store.inputs[0])
    tree.links.new(math.outputs[0], next(s for s in store.inputs if s.name == "Value" and s.type == "VALUE"))
    tree.links.new(store.outputs[0], end.inputs[0])
    mesh = bpy.data.meshes.new("mesh")
    mesh.from_pydata([(0, 0, 0)], [], [])
    thing = bpy.data.objects.new("thing", mesh)
    bpy.context.collection.objects.link(thing)
    thing.modifiers.new("nodes", "NODES").node_group = tree
    made = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
    return made.data.attributes["result"].data[0].value


print(bpy.app.version_string)
for operation, *operands in (
    ("DIVIDE", 1, 0),
    ("DIVIDE", 0, 0),
    ("LOGARITHM", -1, 2.718281828),
    ("SQRT", -1),
    ("POWER", -8, 1 / 3),
    ("POWER", -2, 3),
    ("POWER", 0, -1),
    ("ARCSINE", 2),
    ("EXPONENT", 100),
    ("ROUND", -2.5),
):
    print(operation, *(f"{number:.4g}" for number in operands), "=", f"{node(operation, *operands):.4g}")
PROBE
cat > "$place/expected" <<'EXPECTED'
5.0.1
DIVIDE 1 0 = 0
DIVIDE 0 0 = 0
LOGARITHM -1 2.718 = 0
SQRT -1 = 0
POWER -8 0.3333 = 0
POWER -2 3 = -8
POWER 0 -1 = inf
ARCSINE 2 = 1.571
EXPONENT 100 = inf
ROUND -2.5 = -2
EXPECTED
"$place/venv/bin/python" "$place/probe.py" 2> "$place/said" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
