#!/usr/bin/env bash
# MetaPost reads -x**2 as (-x)**2, 2*x**2 as (2*x)**2, and powers from the left: 2**3**2 is 64.
#
# Guess before running: -2**2 is -4, 2**3**2 is 512, 1e-3 is refused, numbers from 4096 on are errors.
# Seen: with x = 3, -x**2 is 9 and 2x**2 is 36, and so are -1*x**2 and 2*x**2: a power binds no closer than a product, and a sign belongs to the number.
#   -2**2 is 4, 2**3**2 is 64. 1e-3 is no error but the difference e-3 of a name e, unknown as yet. 1/3*3 is 0.99998. Only 4096 and more ends with an
#   error.
# Who meets it: who lets a figure for a paper compute its own curve, y = -x**2 or a loss 2x**2: the curve that is drawn is another, without a word.
#   Write brackets.
# Versions: MetaPost 2.02 of Debian's texlive-metapost 2022.20230122-3. Needs mpost. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
:
cat > "$place/probe.mp" <<'PROBE'
x := 3;
show -x**2, -1*x**2, 2x**2, 2*x**2;
show -2**2, 0-2**2, 2**3**2, 1/3*3;
show 1e-3;
end
PROBE
cat > "$place/expected" <<'EXPECTED'
>> 9
>> 9
>> 36
>> 36
>> 4
>> -4
>> 64
>> 0.99998
>> e-3
EXPECTED
(cd "$place" && mpost -interaction=nonstopmode probe.mp | grep '^>>' | sed 's/ )$//') > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
