// What the reader sees and does: steps, inputs, the derivation of a card. All numbers and words come from `api`.
const found = (id) => document.getElementById(id);
const SHADES = 8, DECADES = 3, PLAY_ROOM = 24, STEP_MS = 1100, TRAVEL_MS = 650, CHIP_SPARE = 18;
const graph = found('graph'), cards = [...graph.querySelectorAll('[data-nodes]')], timeline = found('timeline');
const idOf = page.graph.nodes.map((node) => node[0]);
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
let values = [...engine.leafValues], trace, largest, position = 0, chosen = null, timer = 0, travelling = 0;
let highlight = page.highlight;

const show = (place, classes, ...kept) => { place.setAttribute('class', [...kept, ...classes].filter(Boolean).join(' ')); };
const signOf = (value) => !Number.isFinite(value) ? 'danger' : value > 0 ? 'positive' : value < 0 ? 'negative' : 'dim';
const write = (place, text) => { if (place.textContent !== text) place.textContent = text; };

// --- computing
function compute() {
  trace = engine.run(values);
  const sent = trace.contributions.filter((one, edge) => trace.carried[edge] && Number.isFinite(one));
  largest = sent.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  timeline.max = stepCount();
}
const stepCount = () => trace.steps.__len__();

// --- the picture
function paint(frame) {
  const active = highlight ? new Set(frame.active_nodes) : new Set(), edges = highlight ? new _Set(frame.active_edges) : new _Set();
  const phase = phaseInk(frame, edges);
  for (const card of cards) paintCard(card, frame, active, phase);
  for (const place of graph.querySelectorAll('[data-value]')) paintValue(place, frame);
  for (const place of graph.querySelectorAll('[data-gradient]')) paintGradient(place, frame);
  for (const place of graph.querySelectorAll('[data-edge]')) paintEdge(place, frame, edges);
  for (const place of graph.querySelectorAll('[data-chip]')) paintChip(place, frame, edges);
}
function phaseInk(frame, edges) {
  if (frame.phase === 'start' || frame.phase === 'forward') return 'forward';
  for (const key of edges) { const carried = frame.contribution(key); if (carried && carried[2]) return signOf(carried[2]); }
  return 'positive';
}
function paintCard(card, frame, active, phase) {
  const ids = card.dataset.nodes.split(' ').map((place) => idOf[place]), [id] = ids;
  const isActive = ids.some((one) => active.has(one));
  const kept = ['card', 'collapsed', 'muted', 'output'].filter((name) => card.classList.contains(name));
  show(card, [isActive && 'active', isActive && phase, frame.problem(id) && 'problem', id === chosen && ids.length === 1 && 'chosen'], ...kept);
  if (ids.length > 1 || card.classList.contains('collapsed')) return;
  const [arrived, expected] = frame.arrived(id), badge = card.querySelector('.badge');
  const isPartial = frame.position > trace.forward_steps && expected > 1 && arrived && (arrived < expected || active.has(id));
  const word = [isPartial && `${arrived} of ${expected} arrived`, frame.is_stale(id) && 'stale: not zeroed'].filter(Boolean).join(' · ');
  if (badge) { show(badge, [word && 'shown'], 'badge'); write(badge.lastChild, word); fitBadge(badge, word); }
  card.setAttribute('aria-pressed', String(id === chosen));
  card.setAttribute('aria-label', spoken(frame, id));
}
function fitBadge(badge, word) {
  const box = badge.firstChild, middle = Number(badge.lastChild.getAttribute('x')), wide = _textWidth(word, 'chip') * 10.5 / 12 + 14;
  box.setAttribute('x', middle - wide / 2);
  box.setAttribute('width', wide);
}
function spoken(frame, id) {
  const node = trace.nodes.get(id), value = frame.value(id), gradient = frame.gradient(id);
  return [node.name, value === null ? 'not reached yet' : `value ${api.formatValue(value)}`, gradient === null ? '' : `gradient ${api.formatSigned(gradient)}`, frame.problem(id)].filter(Boolean).join(', ');
}
const fitted = (place, value, signed) => api.fittedText(value, Number(place.dataset.room), Number(place.dataset.digits), signed);
function paintValue(place, frame) {
  const id = idOf[place.dataset.value], node = trace.nodes.get(id), reached = frame.value(id);
  const value = reached === null && node.is_leaf ? node.value : reached;
  write(place, value == null ? '…' : fitted(place, value, false));
  show(place, [reached === null ? 'dim' : Number.isFinite(value) ? 'forward' : 'danger'], 'number');
}
function paintGradient(place, frame) {
  const id = idOf[place.dataset.gradient], value = frame.gradient(id);
  const nothing = value && isNothing(frame, id);
  write(place, value === null ? '…' : nothing ? '≈ 0' : fitted(place, value, true));
  show(place, [value === null || nothing ? 'dim' : frame.is_stale(id) ? 'stale' : signOf(value)], 'number');
}
function isNothing(frame, id) {
  const [arrived, expected] = frame.arrived(id);
  return arrived === expected && api.isRounding(trace, 'gradients', engine.plan.number.get(id));
}
function paintEdge(place, frame, active) {
  const line = place.firstChild, key = keyOf(place.dataset.edge);
  line.removeAttribute('style');
  if (key === undefined) return;
  const carried = frame.contribution(key);
  if (carried === null) {
    const isForward = frame.phase === 'forward' && frame.is_reached(key[0]);
    show(place, [isForward && (active.has(key) ? 'travelled' : 'forward')], 'edge');
    return;
  }
  const [, , sent] = carried, share = Math.min(1, Math.max(0, 1 + Math.log10(Math.abs(sent) / (largest || 1)) / DECADES)), shade = Math.round(share * SHADES) / SHADES;
  show(place, [sent === 0 ? 'zero' : signOf(sent), active.has(key) && 'active'], 'edge');
  if (sent && Number.isFinite(sent)) { line.style.strokeWidth = 1.5 + 2.5 * shade; line.style.strokeOpacity = 0.6 + 0.4 * shade; }
}
const keyOf = (edge) => edge === undefined ? undefined : engine.plan.keys[edge];
function paintChip(place, frame, active) {
  const key = keyOf(place.dataset.chip), looked = active.has(key), rest = place.dataset.form;
  const room = Number(place.dataset.room ?? 0) + PLAY_ROOM;
  let text = null, isFull = looked;
  if (looked) text = api.chipText(frame, key, new api.Form(false, page.digits));
  else if (rest !== undefined) text = formsFrom(rest).map((form) => api.chipText(frame, key, form)).find((said) => said === null || _textWidth(said, 'chip') + CHIP_SPARE <= room) ?? null;
  if (looked && rest !== undefined && text !== null && _textWidth(text, 'chip') + CHIP_SPARE <= room) isFull = false;
  const carried = frame.contribution(key), ink = carried === null ? 'forward' : api.isCarriedRounding(frame, key) ? 'dim' : signOf(carried[2]);
  show(place, [text !== null && 'shown', looked && 'active', ink], 'chip');
  if (text === null) return;
  const [x, y] = (isFull ? place.dataset.full : place.dataset.at).split(' ').map(Number), wide = _textWidth(text, 'chip') + CHIP_SPARE;
  place.setAttribute('transform', `translate(${x} ${y})`);
  place.firstChild.setAttribute('x', -wide / 2);
  place.firstChild.setAttribute('width', wide);
  write(place.lastChild, text);
  if (looked) place.parentNode.append(place);
}
// The forms a chip may have where numbers have grown: as it was placed, then shorter ones.
function formsFrom(rest) {
  const [isShort, digits] = rest.split(' ').map(Number), forms = [new api.Form(Boolean(isShort), digits || null)];
  if (!isShort) forms.push(new api.Form(true, null));
  for (let fewer = (digits || 3) - 1; fewer >= 2; fewer--) forms.push(new api.Form(true, fewer));
  return forms;
}

// --- numbers that travel
function travel(frame) {
  const layer = found('pulses');
  layer.replaceChildren();
  cancelAnimationFrame(travelling);
  if (still.matches || !highlight) return;
  const pulses = [...frame.active_edges].map((key) => pulse(frame, key)).filter(Boolean);
  if (!pulses.length) return;
  layer.append(...pulses.map((one) => one.place));
  const begin = performance.now();
  const move = (now) => {
    const share = Math.min(1, (now - begin) / TRAVEL_MS), eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
    for (const { place, line, isBack } of pulses) { const point = line.getPointAtLength(line.getTotalLength() * (isBack ? 1 - eased : eased)); place.setAttribute('transform', `translate(${point.x} ${point.y})`); }
    if (share < 1) travelling = requestAnimationFrame(move); else layer.replaceChildren();
  };
  move(begin);
}
function pulse(frame, key) {
  const line = graph.querySelector(`[data-edge="${engine.plan.keys.findIndex((other) => same(other, key))}"] path`);
  if (!line) return null;
  const carried = frame.contribution(key), value = frame.edge_value(key), digits = page.digits ?? 4;
  const text = carried ? api.formatSigned(carried[2], digits) : value === null ? '' : api.formatValue(value, digits);
  const make = (name) => document.createElementNS('http://www.w3.org/2000/svg', name), place = make('g'), box = make('rect'), said = make('text'), wide = Math.max(18, _textWidth(text, 'chip') + 12);
  for (const [name, number] of [['x', -wide / 2], ['y', -9], ['width', wide], ['height', 18], ['rx', 9]]) box.setAttribute(name, number);
  said.setAttribute('text-anchor', 'middle');
  said.setAttribute('y', 4.4);
  said.textContent = text;
  place.setAttribute('class', `pulse ${carried ? signOf(carried[2]) : 'forward'}`);
  place.append(box, said);
  return { place, line, isBack: Boolean(carried) && frame.phase === 'backward' };
}

// --- words
function tell(frame) {
  write(found('step-title'), api.stepTitle(frame));
  say(found('step-sentence'), api.stepSentence(frame));
  timeline.value = position;
  timeline.setAttribute('aria-valuetext', `${api.stepTitle(frame)} ${api.stepSentence(frame)}`);
  for (const [id, atEnd] of [['first', position === 0], ['back', position === 0], ['step', position === stepCount()], ['last', position === stepCount()]]) found(id).setAttribute('aria-disabled', String(atEnd));
}
function derive(frame) {
  const told = chosen === null ? api.deriveStep(frame) : api.deriveNode(frame, chosen);
  say(found('derivation-title'), told.title);
  const lines = told.parts.flatMap((part) => [made('h3', part.heading), ...part.lines.flatMap(written), ...(part.note ? [made('p', part.note, 'why noted')] : [])]);
  found('lines').replaceChildren(...(told.note ? [made('p', told.note, 'noted')] : []), ...lines);
}
function made(name, text, kind) { const place = document.createElement(name); say(place, text); if (kind) place.className = kind; return place; }
function say(place, text) { // names as on the cards
  if (place.textContent !== text) place.replaceChildren(...text.split(/([\p{L}\d_₀-₉]+)/u).flatMap((word) => { const name = Object.hasOwn(page.names ?? {}, word) && page.names[word]; return name ? [name[0], name[1] ? made('sub', name[1]) : ''] : word; }));
}
function written(line) {
  const place = made('div', '', line.continues ? 'line continues' : 'line');
  line.pieces.forEach((piece, i) => {
    if (i) place.append(' ');
    place.append(made('span', piece.unicode, piece.tone === 'gradient' ? signOf(piece.number ?? 0) : piece.tone));
  });
  return line.why ? [place, made('p', line.why, 'why')] : [place];
}

// --- steps
function go(wanted, { isPlayed = false } = {}) {
  const before = position;
  position = Math.max(0, Math.min(stepCount(), wanted));
  const frame = trace.frame(position);
  paint(frame);
  tell(frame);
  derive(frame);
  if (position === before + 1) travel(frame); else found('pulses').replaceChildren();
  if (isPlayed || position !== before) follow(frame);
}
function move(wanted, options) { highlight = true; go(wanted, options); }
function follow(frame) { // keep the active card in view where the graph is wider than the screen
  const stage = found('stage'), places = cards.filter((card) => card.classList.contains('active'));
  if (stage.scrollWidth <= stage.clientWidth && stage.scrollHeight <= stage.clientHeight || !places.length) return;
  const room = stage.getBoundingClientRect(), boxes = places.map((place) => place.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right)), top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
  if (left < room.left || right > room.right || top < room.top || bottom > room.bottom) stage.scrollBy({ left: (left + right - room.left - room.right) / 2, top: (top + bottom - room.top - room.bottom) / 2, behavior: still.matches ? 'auto' : 'smooth' });
}
function play() {
  if (timer) { pause(); return; }
  if (position === stepCount()) move(0);
  timer = setInterval(() => { move(position + 1, { isPlayed: true }); if (position === stepCount()) pause(); }, STEP_MS);
  shape(true);
}
function pause() { clearInterval(timer); timer = 0; shape(false); }
function shape(isPlaying) {
  found('play').setAttribute('aria-label', isPlaying ? 'Pause' : 'Play');
  found('play-shape').setAttribute('d', isPlaying ? 'M5 3h4v14H5zM11 3h4v14h-4z' : 'M5 3v14l12-7z');
}
const by = (steps) => { pause(); move(position + steps); };
const to = (place) => { pause(); move(place); };

// --- inputs
function fields() {
  const inputs = page.graph.ids.slice(0, page.graph.leaves).map((id, place) => ({ place, node: engine.nodes.get(id) })).filter(({ node }) => node.op === 'input');
  found('fields').replaceChildren(...inputs.map(({ place, node }) => field(place, node)));
  found('inputs').hidden = !inputs.length;
}
function field(place, node) {
  const label = made('label', ''), input = document.createElement('input');
  Object.assign(input, { type: 'text', value: api.formatExact(values[place]), autocomplete: 'off', spellcheck: false });
  input.setAttribute('inputmode', 'text');
  input.dataset.leaf = place;
  input.dataset.name = node.name;
  input.addEventListener('input', () => typed(input, place));
  input.addEventListener('keydown', (event) => { if (event.key === 'ArrowUp' || event.key === 'ArrowDown') { event.preventDefault(); nudge(input, place, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey); } });
  label.append(made('span', node.name), input);
  return label;
}
function typed(input, place) {
  try { take(input, place); } catch (error) { refuse(input, error); }
}
function take(input, place) {
  values[place] = api.readNumber(input.value);
  input.removeAttribute('aria-invalid');
  write(found('refusal'), '');
  found('reset').hidden = values.every((value, i) => Object.is(value, engine.leafValues[i]));
  compute();
  go(position);
}
function refuse(input, error) {
  if (!(error instanceof _Refused)) throw error;
  input.setAttribute('aria-invalid', 'true');
  write(found('refusal'), error.message);
}
function nudge(input, place, way, isLarge) {
  input.value = api.formatExact(Number((values[place] + way * (isLarge ? 1 : 0.1)).toPrecision(12)));
  typed(input, place);
}
function reset() {
  values = [...engine.leafValues];
  write(found('refusal'), '');
  found('reset').hidden = true;
  fields();
  compute();
  go(position);
}

// --- cards
function choose(card) {
  if (card.getAttribute('role') !== 'button') return;
  const id = idOf[card.dataset.nodes];
  chosen = chosen === id ? null : id;
  go(position);
}
graph.addEventListener('click', (event) => { const card = event.target.closest('.card'); if (card) choose(card); });
graph.addEventListener('keydown', (event) => { const card = event.target.closest('.card'); if (card && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); event.stopPropagation(); choose(card); } });

// --- keys and buttons
for (const [id, act] of [['first', () => to(0)], ['back', () => by(-1)], ['play', play], ['step', () => by(1)], ['last', () => to(stepCount())], ['reset', reset]]) found(id).addEventListener('click', act);
timeline.addEventListener('input', () => to(Number(timeline.value)));
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=range])')) return;
  const act = { ArrowRight: () => by(1), ArrowLeft: () => by(-1), Home: () => to(0), End: () => to(stepCount()), Escape: () => { chosen = null; go(position); } }[event.key] ?? (event.key === ' ' && !event.target.closest('button') ? play : null);
  if (!act) return;
  event.preventDefault();
  act();
});
const asked = () => { const wanted = /[#?&]step=(\d{1,9})\b/.exec(location.hash + location.search); return wanted ? Number(wanted[1]) : null; };
window.addEventListener('hashchange', () => { const wanted = asked(); if (wanted !== null) to(wanted); });

// --- a small screen shows a part of a wide graph, large enough to be read
function size() {
  const natural = Number(graph.getAttribute('width')), room = found('stage').clientWidth;
  graph.style.width = `${Math.max(Math.min(room, natural * 1.5), natural * 0.62)}px`;
}
window.addEventListener('resize', size);
size();
compute();
fields();

// --- for a script of the page round this one
const byName = (numbers) => Object.fromEntries(trace.plan.ids.map((id, place) => [trace.nodes.get(id).name, numbers(id, place)]));
const stepOf = (wanted) => { const step = Math.trunc(Number(wanted)); return Number.isNaN(step) ? position : Math.max(0, Math.min(stepCount(), step)); };
const inputOf = (name) => [...document.querySelectorAll('#fields input')].find((one) => one.dataset.name === name);
function set(name, value) {
  const input = inputOf(name);
  if (!input) throw new RangeError(`There is no input ${name}.`);
  input.value = typeof value === 'number' ? api.formatExact(value) : String(value);
  try { take(input, Number(input.dataset.leaf)); } catch (error) { refuse(input, error); throw new RangeError(`${name}: ${error.message}`); }
}
window.nodegraph = Object.freeze({
  get step() { return position; },
  get steps() { return stepCount(); },
  go: (step) => to(stepOf(step)),
  set,
  values: () => byName((id) => trace.value(id)),
  gradients: () => byName((id) => trace.gradient(id)),
  sentence: (step) => { const frame = trace.frame(stepOf(step)); return `${api.stepTitle(frame)} ${api.stepSentence(frame)}`; },
  derivation: (name, step) => { const told = api.deriveNode(trace.frame(stepOf(step)), engine.nodes.values().find((node) => node.name === name).id); return [told.title, ...told.parts.flatMap((part) => [part.heading, ...part.lines.flatMap((line) => [line.pieces.map((piece) => piece.unicode).join(' '), line.why]), part.note])].filter(Boolean).join('\n'); },
});

const first = asked();
if (first !== null) highlight = true;
position = first ?? page.position;
go(position, { isPlayed: true });
