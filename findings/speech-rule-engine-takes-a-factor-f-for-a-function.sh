#!/usr/bin/env bash
# The Speech Rule Engine says "f of" for a factor f before brackets, where c is "c times", and A and a alike.
#
# Guess before running: c(a+b) and f(a+b) are spoken alike, as both may be products; capitals are told from small letters.
# Seen: in ClearSpeak f(a+b) is "f of a plus b", also for g, while c(a+b) and d(a+b) are "c times"; an invisible times sign (U+2062) before the bracket
#   makes f a factor. A+a is "A plus a" in ClearSpeak, with nothing that a voice would say, "upper A plus a" in MathSpeak. W to the T is "W to the T
#   power" in both, not transposed.
# Who meets it: who hears a formula of a graph with a factor f in a page (MathJax speaks with this engine): a product is told as a function, and its
#   derivative makes no sense. Write f×(a+b), or the invisible sign.
# Versions: speech-rule-engine@4.1.5; Node 20. Needs node with npm and a package registry. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --prefix "$place" --silent --no-audit --no-fund --ignore-scripts speech-rule-engine@4.1.5
cat > "$place/probe.mjs" <<'PROBE'
import { createRequire } from "node:module";

const engine = createRequire(import.meta.url)("speech-rule-engine");
const bracket = (letter, sign = "") => `<mi>${letter}</mi>${sign}<mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow>`;
const formulas = {
  "c(a+b)": bracket("c"),
  "d(a+b)": bracket("d"),
  "f(a+b)": bracket("f"),
  "g(a+b)": bracket("g"),
  "f, invisible times, (a+b)": bracket("f", "<mo>&#x2062;</mo>"),
  "A+a": "<mi>A</mi><mo>+</mo><mi>a</mi>",
  "W to the T": "<msup><mi>W</mi><mi>T</mi></msup>",
};
for (const domain of ["clearspeak", "mathspeak"]) {
  await engine.setupEngine({ locale: "en", domain, modality: "speech" });
  await engine.engineReady();
  for (const [words, inside] of Object.entries(formulas)) {
    console.log(`${domain}: ${words}: ${engine.toSpeech(`<math><mrow>${inside}</mrow></math>`)}`);
  }
}
process.exit(0);
PROBE
cat > "$place/expected" <<'EXPECTED'
clearspeak: c(a+b): c times open paren a plus b close paren
clearspeak: d(a+b): d times open paren a plus b close paren
clearspeak: f(a+b): f of open paren a plus b close paren
clearspeak: g(a+b): g of open paren a plus b close paren
clearspeak: f, invisible times, (a+b): f times open paren a plus b close paren
clearspeak: A+a: A plus a
clearspeak: W to the T: W to the T power
mathspeak: c(a+b): c left parenthesis a plus b right parenthesis
mathspeak: d(a+b): d left parenthesis a plus b right parenthesis
mathspeak: f(a+b): f left parenthesis a plus b right parenthesis
mathspeak: g(a+b): g left parenthesis a plus b right parenthesis
mathspeak: f, invisible times, (a+b): f left parenthesis a plus b right parenthesis
mathspeak: A+a: upper A plus a
mathspeak: W to the T: upper W Superscript upper T
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
