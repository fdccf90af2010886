#!/usr/bin/env bash
# ts-graphviz keeps what the last statement says of a node, and gives the last default to every node.
#
# Guess before running: toDot(fromDot(text)) says what text says: a second statement of a node adds to the first, a default
#   holds for what comes after it, a line that ends with a backslash goes on in the next, and two lists of attributes are one.
# Seen: a [value=2]; a [color=red] loses the value; node [color=red]; a; node [color=blue]; b makes a blue, too; the joined
#   lines "one\<line end>two" become two lines; a second list is refused.
# Who meets it: who reads DOT, changes it and writes it again: values and colours are lost without an error. Put all that a
#   node has in one statement.
# Versions: ts-graphviz@3.0.7; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund ts-graphviz@3.0.7
cat > "$place/probe.mjs" <<'PROBE'
import { fromDot, toDot } from "ts-graphviz";

for (const text of [
  "digraph { a [value=2]; a [color=red] }",
  "digraph { node [color=red]; a; node [color=blue]; b }",
  'digraph { a [label="one\\\ntwo"] }',
  "digraph { a [value=2] [color=red] }",
]) {
  console.log(text);
  try {
    console.log("  " + toDot(fromDot(text)).replace(/\s*\n\s*/g, " "));
  } catch (error) {
    console.log("  " + error.name + ": ... but " + error.message.split("but ").pop());
  }
}
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph { a [value=2]; a [color=red] }
  digraph { "a" [ color = "red"; ]; }
digraph { node [color=red]; a; node [color=blue]; b }
  digraph { node [ color = "blue"; ]; "a"; "b"; }
digraph { a [label="one\
two"] }
  digraph { "a" [ label = "one\\ntwo"; ]; }
digraph { a [value=2] [color=red] }
  DotSyntaxError: ... but "[" found.
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
