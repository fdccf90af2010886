#!/usr/bin/env bash
# Maxima's tex prints the names w12 and w_12, and a variable e and Euler's number, as one and the same.
#
# Guess before running: different symbols are printed differently, and functions with an upright name.
# Seen: w12 and w_12 are both w_{12}, x1 and x_1 both x_{1}; a variable e and %e are both e, so that diff(e^x, x) = e^x*log(e) and diff(%e^x, x) = %e^x
#   look like a contradiction. L_a is an italic word L_a, not an index. max is an italic word, 2.0e10 has 10^{+10}.
# Who meets it: who lets Maxima derive a graph whose nodes are called e, x1 and x_1, and takes its LaTeX along: two nodes read as one, and log(e) looks
#   like 1. Name no variable e. nodegraph prints x1 and x_1 apart.
# Versions: Debian's maxima 5.46.0-11. Needs maxima of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/names.mac" <<'PROBE'
display2d: false$
tex(w12)$
tex(w_12)$
tex(x1)$
tex(x_1)$
tex(e^x)$
tex(%e^x)$
tex(diff(e^x, x))$
tex(diff(%e^x, x))$
tex(L_a)$
tex(max(a, b))$
tex(2.0e10*a)$
PROBE
cat > "$place/expected" <<'EXPECTED'
Maxima 5.46.0
tex(w12)
$$w_{12}$$
tex(w_12)
$$w_{12}$$
tex(x1)
$$x_{1}$$
tex(x_1)
$$x_{1}$$
tex(e^x)
$$e^{x}$$
tex(%e^x)
$$e^{x}$$
tex(diff(e^x,x))
$$e^{x}\,\log e$$
tex(diff(%e^x,x))
$$e^{x}$$
tex(L_a)
$${\it L\_a}$$
tex(max(a,b))
$${\it max}\left(a , b\right)$$
tex(2.0E+10*a)
$$2.0 \times 10^{+10}\,a$$
EXPECTED
(cd "$place" && maxima --version && maxima --very-quiet --batch=names.mac | grep -A1 '^tex') > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
