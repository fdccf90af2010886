#!/usr/bin/env bash
# Graphviz takes LaTeX commands in labels for its own: \nabla L is a new line and "abla L", \rho is "ho", \Gamma the graph's name and "amma".
#
# Guess before running: a label with a backslash is shown as it stands, or without the backslash: \nabla L is "\nabla L" or "nabla L",
#   as \theta is "theta".
# Seen: \n, \l and \r end a line; \N and \G stand for the name of the node and of the graph, whatever letter follows. So \nu is a new line
#   and "u", \lambda "ambda", \rho "ho", \Gamma in a graph called net "netamma", \Nu at a node its name and "u"; commands that begin with
#   another letter merely lose their backslash. Nothing warns.
# Who meets it: who labels nodes with the LaTeX of their formulas, for dot2tex or to read it off: some letters come out whole, of others the
#   first is gone and the line is broken. Double every backslash in a label.
# Versions: @viz-js/viz 3.31.0 (Graphviz 16.1.0); Node 20. Needs node, npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund @viz-js/viz@3.31.0
cat > "$place/graphviz.mjs" <<'PROBE'
import { instance } from "@viz-js/viz";

const shown = (text) => [...text.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((match) => JSON.stringify(match[1])).join(", then ");
const viz = await instance();
for (const label of ["\\nabla L", "\\nu", "\\rho", "\\lambda", "\\Gamma", "\\Nu", "\\ln a", "\\theta", "\\tanh a", "\\\\nabla L"]) {
  const text = `digraph net { node1 [label="a ${label}"] }`;
  console.log(`a ${label} is shown as`, shown(viz.renderString(text, { format: "svg" }).replace(/<title>.*<\/title>/g, "")));
}
PROBE
cat > "$place/expected" <<'EXPECTED'
a \nabla L is shown as "a ", then "abla L"
a \nu is shown as "a ", then "u"
a \rho is shown as "a ", then "ho"
a \lambda is shown as "a ", then "ambda"
a \Gamma is shown as "a netamma"
a \Nu is shown as "a node1u"
a \ln a is shown as "a ", then "n a"
a \theta is shown as "a theta"
a \tanh a is shown as "a tanh a"
a \\nabla L is shown as "a \\nabla L"
EXPECTED
node "$place/graphviz.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
