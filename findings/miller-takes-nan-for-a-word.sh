#!/usr/bin/env bash
# Miller reads NaN and Inf in a table as words: they are the largest of a column, greater than any number, and left out of its mean.
#
# Guess before running: nan, NaN and Inf in a column are numbers, as what trains writes them; a mean with one is NaN, or it is left out everywhere
#   alike.
# Seen: their type is string; adding 1 is (error); NaN > 1 is true, as words come after numbers, and so is Inf > 1, but -Inf > 1 is false. Of 0.5, NaN,
#   3 the maximum is NaN, the count 3, the sum 3.5 and the mean 1.75. 1e400 is a word, too.
# Who meets it: who filters a log of losses with mlr filter '$loss > 1': a NaN is kept as large, and -Inf is dropped by chance; mean times count is not
#   the sum. Test is_string first, or read the table with what knows NaN.
# Versions: Debian's miller 6.6.0-2. Needs mlr of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/losses.csv" <<'PROBE'
loss
0.5
NaN
3
Inf
-Inf
1e400
PROBE
cat > "$place/expected" <<'EXPECTED'
mlr 6.6.0
loss,type,more,large
0.5,float,1.5,false
NaN,string,(error),true
3,int,4,true
Inf,string,(error),true
-Inf,string,(error),false
1e400,string,(error),true
loss_max   NaN
loss_count 3
loss_sum   3.5
loss_mean  1.75
EXPECTED
(cd "$place" && mlr --version && mlr --icsv --ocsv put '$type = typeof($loss); $more = $loss + 1; $large = $loss > 1' losses.csv && mlr --icsv --oxtab head -n 3 then stats1 -a max,count,sum,mean -f loss losses.csv) > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
