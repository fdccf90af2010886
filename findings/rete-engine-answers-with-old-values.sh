#!/usr/bin/env bash
# The dataflow engine of Rete.js answers a second time with what it computed the first, also after a value has changed or an edge is gone.
#
# Guess before running: fetch(node) computes what the graph says now; at the least, adding or removing a connection makes what hangs on it be computed
#   anew.
# Seen: after the source's number is 10 instead of 1, fetch still gives 4 and runs nothing, until reset(source) is called: 121. After one of the two
#   edges of a product has been removed, fetch gives the product of both.
# Who meets it: who builds a node editor on it and forgets one reset: the picture shows other edges than the number beside it was computed from. Reset
#   after each change of a value or an edge.
# Versions: rete@2.0.6, rete-engine@2.1.1; Node.js 20. Needs node with npm and a package index. Fails if the output changes.
set -eu
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
npm install --silent --no-audit --no-fund --prefix "$place" rete@2.0.6 rete-engine@2.1.1 > /dev/null
cat > "$place/probe.mjs" <<'PROBE'
import { ClassicPreset, NodeEditor } from 'rete';
import { DataflowEngine } from 'rete-engine';

const socket = new ClassicPreset.Socket('number');
let runs = [];
class Source extends ClassicPreset.Node {
  constructor(number) { super('a'); this.number = number; this.addOutput('out', new ClassicPreset.Output(socket)); }
  data() { runs.push('a'); return { out: this.number }; }
}
class AddOne extends ClassicPreset.Node {
  constructor(name) { super(name); this.addInput('in', new ClassicPreset.Input(socket)); this.addOutput('out', new ClassicPreset.Output(socket)); }
  data(given) { runs.push(this.label); return { out: given.in[0] + 1 }; }
}
class Multiply extends ClassicPreset.Node {
  constructor() { super('d'); for (const key of ['left', 'right']) this.addInput(key, new ClassicPreset.Input(socket)); this.addOutput('out', new ClassicPreset.Output(socket)); }
  data(given) { runs.push('d'); return { out: given.left?.[0] * given.right?.[0] }; }
}
const editor = new NodeEditor(), engine = new DataflowEngine();
editor.use(engine);
const a = new Source(1), b = new AddOne('b'), c = new AddOne('c'), d = new Multiply();
for (const node of [a, b, c, d]) await editor.addNode(node);
const join = async (from, to, key) => { const edge = new ClassicPreset.Connection(from, 'out', to, key); await editor.addConnection(edge); return edge; };
await join(a, b, 'in');
await join(a, c, 'in');
const left = await join(b, d, 'left');
await join(c, d, 'right');
const show = async (when) => { runs = []; const { out } = await engine.fetch(d.id); console.log(`${when}: ${out}, run: ${runs.join(' ') || 'nothing'}`); };
await show('at first');
a.number = 10;
await show('a = 10');
engine.reset(a.id);
await show('after reset(a)');
await editor.removeConnection(left.id);
await show('an edge removed');
PROBE
cat > "$place/expected" <<'EXPECTED'
at first: 4, run: a b c d
a = 10: 4, run: nothing
after reset(a): 121, run: a b c d
an edge removed: 121, run: nothing
EXPECTED
node "$place/probe.mjs" > "$place/seen"
cat "$place/seen"
if diff "$place/expected" "$place/seen"; then
  echo "As written."
else
  echo "This no longer behaves as written above."
  exit 1
fi
