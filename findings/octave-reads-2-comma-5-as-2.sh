#!/usr/bin/env bash
# Octave's dlmread reads 2,5 beside semicolons as 2, words and empty cells as 0, and 1.2.3 as a complex number; str2double makes 15 of 1,5.
#
# Guess before running: what is not a number gives NaN, and a decimal comma is an error or NaN, as str2double promises for text that is no number.
# Seen: with the separator ; given, 2,5 is 2 and 4,75 is 4: what follows the comma is dropped. A row of names is a row of zeros, a word and an empty
#   cell are 0. 1.2.3 is 1.2 + 0.3i, and makes the whole table complex. str2double drops commas anywhere: 1,5 is 15, and 1,2,3 is 123.
# Who meets it: who reads measurements or a data set with decimal commas, gaps or a heading: a fit goes through false points at 0, with no warning. Use
#   importdata, which gives NA for words and gaps, and replace commas first.
# Versions: Debian's octave 7.3.0-2. Needs octave-cli of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/probe.m" <<'PROBE'
function show(words, text, varargin)
  name = tempname();
  file = fopen(name, "w");
  fputs(file, text);
  fclose(file);
  printf("%s: %s\n", words, mat2str(dlmread(name, varargin{:})));
  delete(name);
endfunction
printf("Octave %s\n", version());
show("1;2,5 and 3;4,75", "1;2,5\n3;4,75\n", ";");
show("a heading", "x,y\n1,2\n", ",");
show("a word and a gap", "1,n/a\n,4\n", ",");
show("1.2.3", "1,1.2.3\n", ",");
for text = {"1,5", "1,2,3", "1.2.3", "n/a"}
  printf("str2double of %s: %g\n", text{1}, str2double(text{1}));
endfor
PROBE
cat > "$place/expected" <<'EXPECTED'
Octave 7.3.0
1;2,5 and 3;4,75: [1 2;3 4]
a heading: [0 0;1 2]
a word and a gap: [1 0;0 4]
1.2.3: [1+0i 1.2+0.3i]
str2double of 1,5: 15
str2double of 1,2,3: 123
str2double of 1.2.3: NaN
str2double of n/a: NaN
EXPECTED
octave-cli --quiet --norc "$place/probe.m" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
