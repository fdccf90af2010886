#!/usr/bin/env bash
# PlantUML takes signs of a formula in a label for typography: x**2 + y**2 loses its stars, a--b--c is struck out, a//b//c slants.
#
# Guess before running: what stands in quotation marks as the text of a box is drawn as it is typed.
# Seen: of x**2 + y**2 the figure shows x2 + y2, in bold from the 2 to the y; of a--b--c it shows abc with the b struck out; of a//b//c abc with a
#   slanted b; __init__ becomes init, underlined. One pair is enough in a label; a tilde before the first sign keeps them.
# Who meets it: who writes Python's formulas of nodes into a diagram: a power becomes a product or a name, without a warning. Write x² or ~**.
# Versions: Debian's plantuml 1:1.2020.2+ds-3. Needs plantuml of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat > "$place/probe.puml" <<'PROBE'
@startuml
rectangle "x**2 + y**2" as a
rectangle "a--b--c" as b
rectangle "a//b//c" as c
rectangle "__init__" as d
rectangle "k~**2 + l**2" as e
@enduml
PROBE
cat > "$place/expected" <<'EXPECTED'
>x
font-weight="bold">2 + y
>2
>a
text-decoration="line-through">b
>c
>a
font-style="italic">b
>c
>init
>k**2 + l**2
EXPECTED
plantuml -tsvg -pipe < "$place/probe.puml" | grep -oE '(font-style="[a-z]*"|font-weight="[a-z]*"|text-decoration="[a-z-]*"|y="[0-9.]*">)[^<]*' | sed -E 's/ lengthAdjust="[a-zA-Z]*"| textLength="[0-9.]*"| x="[0-9.]*"| y="[0-9.]*"|y="[0-9.]*"//g' > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
