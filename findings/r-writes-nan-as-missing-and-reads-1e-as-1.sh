#!/usr/bin/env bash
# R's write.csv writes NaN as NA, so that it comes back as missing, and read.csv takes 1e for the number 1 and 0x10 for 16.
#
# Guess before running: NaN and NA are two things in R and stay two in its own files; 1e is no number, so that its column is text.
# Seen: write.csv writes NA for both, and read.csv gives back two NA; is.nan finds none. read.csv reads NaN, nan and Inf as numbers where others wrote
#   them. A column of 1e and 2 is numeric, 1 and 2, as is 0x10, 16; 1d3 is text. Numbers have 15 digits: 1/3 does not come back as it was.
# Who meets it: who writes gradients or losses from R for another program: a training that failed looks like a gap, and a column of codes such as 1e, 2e
#   becomes 1, 2. Use saveRDS, or write the column as text; give colClasses to read.
# Versions: Debian's r-base-core 4.2.2.20221110-2. Needs Rscript of this package. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cat > "$place/probe.R" <<'PROBE'
cat(R.version.string, "\n")
file <- tempfile()
write.csv(data.frame(loss = c(0.5, NaN, NA, Inf, 1 / 3)), file, row.names = FALSE)
cat(readLines(file), "\n")
back <- read.csv(file)$loss
cat("NaN again:", sum(is.nan(back)), "missing:", sum(is.na(back)), "1/3 again:", back[5] == 1 / 3, "\n")
for (text in c("NaN", "nan", "1e", "2e", "0x10", "1d3", "- 1", "1,5")) {
  value <- type.convert(text, as.is = TRUE)
  cat(text, "is", class(value), format(value), "\n")
}
writeLines(c("code", "1e", "2e", "3e"), file)
cat("codes:", read.csv(file)$code, "\n")
PROBE
cat > "$place/expected" <<'EXPECTED'
R version 4.2.2 Patched (2022-11-10 r83330) 
"loss" 0.5 NA NA Inf 0.333333333333333 
NaN again: 0 missing: 2 1/3 again: FALSE 
NaN is numeric NaN 
nan is numeric NaN 
1e is numeric 1 
2e is numeric 2 
0x10 is numeric 16 
1d3 is character 1d3 
- 1 is character - 1 
1,5 is character 1,5 
codes: 1 2 3 
EXPECTED
Rscript --vanilla "$place/probe.R" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
