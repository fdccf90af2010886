#!/usr/bin/env bash
# Mermaid cannot read x-->y, draws a---out as a circle at a node called ut, and shows w[0] as a box with a 0 in it and A[a<b] as a.
#
# Guess before running: x-->y is an arrow from x to y, as a-->b is from a to b; a---out leads to out; what stands in brackets is shown as it stands.
# Seen: an x or o beside an edge's strokes is its head: x-->y is a parse error in each line where x comes first, and a-->x-->b one as well; a---out,
#   a-.-out and a===out have a node ut with a circle, while a-->out is right. w[0] is the node w with the label 0. In a label < begins a tag: of A[a<b] the
#   a is left, and x>0 stays. A node called end is a parse error, ∂L too.
# Who meets it: who writes a network as text for a README or a notebook, from x to the output: an error that names another line, or a graph with other
#   nodes. Set blanks around the strokes, and labels in quotes with &lt;.
# Versions: mermaid@11.17.2, jsdom@29.1.1; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts mermaid@11.17.2 jsdom@29.1.1
cat > "$place/names.mjs" <<'PROBE'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html>");
for (const name of ["document", "Element", "HTMLElement", "SVGElement", "Node", "DOMParser"]) globalThis[name] = window[name];
globalThis.window = window;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });
for (const line of ["a-->b", "x-->y", "x --> y", "a-->x-->b", "a-->out", "a---out", "a===out", "a --- out", "w[0]-->b", "A[a<b]-->B", "A{x>0}-->B", "a-->end", "\u2202L-->a"]) {
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(`flowchart LR\n${line}`);
    const nodes = [...db.getVertices().values()].map((node) => (node.text && node.text !== node.id ? `${node.id} shown as ${node.text}` : node.id));
    const edges = db.getEdges().map((edge) => `${edge.start} to ${edge.end} (${edge.type})`);
    console.log(`${line}: nodes ${nodes.join(", ")}; edges ${edges.join(", ")}`);
  } catch (error) {
    console.log(`${line}: refused, ${error.message.split(" ").slice(0, 2).join(" ").toLowerCase()}`);
  }
}
process.exit();
PROBE
cat > "$place/expected" <<'EXPECTED'
a-->b: nodes a, b; edges a to b (arrow_point)
x-->y: refused, parse error
x --> y: nodes x, y; edges x to y (arrow_point)
a-->x-->b: refused, parse error
a-->out: nodes a, out; edges a to out (arrow_point)
a---out: nodes a, ut; edges a to ut (arrow_circle)
a===out: nodes a, ut; edges a to ut (arrow_circle)
a --- out: nodes a, out; edges a to out (arrow_open)
w[0]-->b: nodes w shown as 0, b; edges w to b (arrow_point)
A[a<b]-->B: nodes A shown as a, B; edges A to B (arrow_point)
A{x>0}-->B: nodes A shown as x>0, B; edges A to B (arrow_point)
a-->end: refused, parse error
∂L-->a: refused, lexical error
EXPECTED
node "$place/names.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
