#!/usr/bin/env bash
# tred of Graphviz takes an edge away from a square: of the two edges a -> m of m = a*a one is left.
#
# Guess before running: a transitive reduction takes edges that a longer way implies, such as a skip connection, and leaves two edges between the same
#   nodes as they are.
# Seen: the second edge between the same nodes is taken as well, with its label, and nothing is said.
# Who meets it: who clears a large computational graph with it before drawing: squares become unary operations.
# Versions: Graphviz 2.42.2-7+deb12u1 of Debian. Needs tred. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.dot" <<'PROBE'
digraph { a -> m [label=first]; a -> m [label=second]; m -> L; b -> L }
PROBE
cat > "$place/expected" <<'EXPECTED'
digraph {
	a -> m	[label=first];
	m -> L;
	b -> L;
}
EXPECTED
tred "$place/probe.dot" 2>&1 > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
