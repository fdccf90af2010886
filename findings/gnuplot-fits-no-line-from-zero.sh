#!/usr/bin/env bash
# gnuplot fits no straight line whose intercept starts at 0, and reads decimal commas as the end of a number even with decimalsign set.
#
# Guess before running: the least squares of a line are found from any start; set decimalsign ',' lets 1,5 be read; text in a column of numbers is an
#   error or a gap.
# Seen: from a=1, b=0 the fit of a*x+b ends with "Singular matrix in Invert_RtR", with advice to start elsewhere; from b=0.1 it is found. Slopes are
#   taken by steps in proportion to the value, and 0 becomes 1e-30. With the separator ; the cells 1,5 and 2,9 are 1 and 2, with a mean of 1.5 rather than
#   2.2, also with decimalsign ',' which is for writing (a locale has to be set for reading). 1.5e is 1.5, 7 8 is 7, 0x10 is 16, 1d3 is 1; ? and words are
#   gaps.
# Who meets it: who fits a line or a network's weights from zeros, as teachers do, or plots a table of a German spreadsheet: the points lie beneath
#   where they should, with no warning.
# Versions: Debian's gnuplot-nox 5.4.4+dfsg1-2. Needs gnuplot of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/probe.gp" <<'PROBE'
set print "-"
set fit quiet logfile "/dev/null"
$line << EOD
1 2
2 4
3 6.1
EOD
f(x) = a*x + b
a = 1
b = 0.1
fit f(x) $line via a, b
print sprintf("a line from b = 0.1: a = %.4f, b = %.4f", a, b)
set datafile separator ";"
$comma << EOD
1;1,5
2;2,9
EOD
stats $comma using 2 nooutput
print "mean of 1,5 and 2,9: ", STATS_mean
set decimalsign ','
stats $comma using 2 nooutput
print "with decimalsign ',': ", STATS_mean
unset decimalsign
$odd << EOD
1;1.5e
2;7 8
3;0x10
4;1d3
EOD
do for [i=0:3] { stats $odd using 2 every ::i::i nooutput; print word("1.5e 7_8 0x10 1d3", i + 1), " is ", STATS_max }
set datafile separator
print "a line from b = 0:"
a = 1
b = 0
fit f(x) $line via a, b
PROBE
cat > "$place/expected" <<'EXPECTED'
gnuplot 5.4 patchlevel 4
a line from b = 0.1: a = 2.0500, b = -0.0667
mean of 1,5 and 2,9:  1.5
with decimalsign ',':  1.5
1.5e  is  1.5
7_8  is  7.0
0x10  is  16.0
1d3  is  1.0
a line from b = 0:
  Please provide non-zero initial values for the parameters, at least of
  the right order of magnitude. If the expected value is zero, then use
  the magnitude of the expected error. If all else fails, try 1.0
Singular matrix in Invert_RtR
EXPECTED
(gnuplot --version; gnuplot "$place/probe.gp" 2>&1 | sed -n 's/^"[^"]*" line [0-9]*: //; /[^ ]/p' || true) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
