#!/usr/bin/env bash
# Graphviz forgets a node's name that begins with %, and puts a number in its place.
#
# Guess before running: a name in quotes is kept whatever signs it has; "%a" is shown as %a, as "50%" and "a:b"
#   are shown as they are.
# Seen: the nodes "%a" and "%b" are drawn as %3 and %5, and so they are called in the plain and the canonical
#   output; which numbers depends on the order of the file. The title of their edge in the SVG says %5->%5. A
#   label keeps the text, and "50%" is kept.
# Who meets it: who draws a graph whose nodes are named by people, as % of something: other names stand in the
#   picture, and what comes back from dot cannot be matched. nodegraph writes such a name with a word before it,
#   and gives every node a label.
# Versions: @viz-js/viz@3.31.0, which is Graphviz 16.1.0 in WebAssembly; dot 2.43 does the same. Node 20. Needs
#   node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
npm init --yes > npm.log 2>&1
npm install --silent --no-audit --no-fund @viz-js/viz@3.31.0
cat > probe.mjs <<'PROBE'
import { instance } from "@viz-js/viz";

const viz = await instance();
const words = (svg, part) => [...svg.matchAll(part)].map((found) => found[1].replaceAll("&#45;", "-").replaceAll("&gt;", ">"));
for (const text of ['digraph { "%a" -> "%b" }', 'digraph { "%b"; "%a" -> "%b" }', 'digraph { "50%" -> "a:b" }']) {
  const svg = viz.renderString(text, { format: "svg" });
  console.log(text);
  console.log("  drawn:", words(svg, /<text[^>]*>([^<]*)<\/text>/g).join(", "));
  console.log("  edges:", words(svg, /class="edge">\s*<title>([^<]*)<\/title>/g).join(", "));
}
console.log("with labels:", words(
  viz.renderString('digraph { "%a" [label="%a"] }', { format: "svg" }), /<text[^>]*>([^<]*)<\/text>/g).join(", "));
PROBE
cat > expected <<'EXPECTED'
digraph { "%a" -> "%b" }
  drawn: %3, %5
  edges: %5->%5
digraph { "%b"; "%a" -> "%b" }
  drawn: %3, %5
  edges: %3->%3
digraph { "50%" -> "a:b" }
  drawn: 50%, a:b
  edges: 50%->a:b
with labels: %a
EXPECTED
node probe.mjs > seen
cat seen
if diff expected seen; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
