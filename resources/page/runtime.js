// What Python, its fractions, `math`, `itertools` and numpy mean by an operator or a name that translated code uses.
// A row stands for an array with a line for each input, at one place: its elements are numbers, sorted as such.
class Row extends Array { get ndim() { return 2; } sort(by = (a, b) => a - b) { return super.sort(by); } }
class _Named { constructor(given) { Object.assign(this, given); } }
class _Slice { constructor(start, stop) { this.start = start; this.stop = stop; } }
class _Refused extends Error {}
class FloatingPointError extends Error {}
class ValueError extends Error {}
class KeyError extends Error {}
class IndexError extends Error {}
const _row = (items) => { const made = new Row(items.length); for (let i = 0; i < items.length; i++) made[i] = items[i]; return made; };
const TINY = 2 ** -1022, EPS = 2 ** -52;
let watched = 0; // inside an errstate that raises

// --- fractions
const gcd = (a, b) => { if (a < 0n) a = -a; while (b) [a, b] = [b, a % b]; return a; };
class _Fraction {
  constructor(above, below = 1n) {
    if (below < 0n) { above = -above; below = -below; }
    const common = gcd(above, below);
    this.numerator = common > 1n ? above / common : above;
    this.denominator = common > 1n ? below / common : below;
  }
  toNumber() {
    const { numerator: n, denominator: d } = this;
    if (!n) return 0;
    const size = n < 0n ? -n : n;
    const shift = BigInt(Math.max(0, 66 - bits(size) + bits(d)));
    const whole = (size << shift) / d;
    const exact = (size << shift) % d ? whole | 1n : whole;
    return (n < 0n ? -1 : 1) * $.numpy.ldexp(...lowered(exact, -Number(shift)));
  }
}
const bits = (number) => { const size = number < 0n ? -number : number; return size ? size.toString(2).length : 0; };
const lowered = (whole, power) => { // no more digits than a number has room for, so that it stays finite
  const spare = bits(whole) - 70;
  if (spare <= 0) return [Number(whole), power];
  const low = BigInt(spare), cut = whole >> low;
  return [Number(cut << low === whole ? cut : cut | 1n), power + spare];
};
const isWhole = (x) => typeof x === 'bigint' || (typeof x === 'number' && Number.isInteger(x));
const fractionOf = (x) => x instanceof _Fraction ? x : new _Fraction(BigInt(x));
function _fraction(above, below) {
  if (below !== undefined) { const [a, b] = [fractionOf(above), fractionOf(below)]; return new _Fraction(a.numerator * b.denominator, a.denominator * b.numerator); }
  if (typeof above === 'string') {
    const [, sign, whole, part = '', power = '0'] = above.match(/^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/);
    const digits = BigInt(sign + whole + part), scale = Number(power) - part.length;
    return scale < 0 ? new _Fraction(digits, 10n ** BigInt(-scale)) : new _Fraction(digits * 10n ** BigInt(scale));
  }
  if (isWhole(above)) return new _Fraction(BigInt(above));
  if (above instanceof _Fraction) return above;
  const [mantissa, power] = frexp(above);
  const whole = BigInt(mantissa * 2 ** 53), scale = power - 53;
  return scale < 0 ? new _Fraction(whole, 1n << BigInt(-scale)) : new _Fraction(whole << BigInt(scale));
}
const fractions = {
  add: (a, b) => new _Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator),
  sub: (a, b) => new _Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator),
  mul: (a, b) => new _Fraction(a.numerator * b.numerator, a.denominator * b.denominator),
  div: (a, b) => new _Fraction(a.numerator * b.denominator, a.denominator * b.numerator),
  lt: (a, b) => a.numerator * b.denominator < b.numerator * a.denominator,
};

// --- operators
const pick = (x, place) => x instanceof Row ? x[x.length === 1 ? 0 : place] : x;
const overRows = (operate) => {
  const found = (a, b) => {
    if (!(a instanceof Row || b instanceof Row)) return operate(a, b);
    const count = a instanceof Row && b instanceof Row ? Math.max(a.length, b.length) : (a instanceof Row ? a : b).length;
    const made = new Row(count);
    for (let i = 0; i < count; i++) made[i] = found(pick(a, i), pick(b, i));
    return made;
  };
  return found;
};
const eachOf = (operate) => function found(a, ...more) { return a instanceof Row ? _row(Array.from(a, (one) => found(one, ...more))) : operate(a, ...more); };
const watch = (result, a, b, is_product) => {
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) throw new FloatingPointError('overflow');
  if (is_product && a && b && Math.abs(result) < TINY) throw new FloatingPointError('underflow');
  return result;
};
const mixed = (name, plain) => overRows((a, b) => {
  if (typeof a === 'number' && typeof b === 'number') return watched ? watch(plain(a, b), a, b, name === 'mul' || name === 'div') : plain(a, b);
  if (a instanceof _Fraction || b instanceof _Fraction) {
    const exact = (a instanceof _Fraction || isWhole(a)) && (b instanceof _Fraction || isWhole(b));
    return exact ? fractions[name](fractionOf(a), fractionOf(b)) : plain($.builtins.float(a), $.builtins.float(b));
  }
  if (typeof a === 'bigint' || typeof b === 'bigint') return plain(BigInt(a), BigInt(b));
  if (name === 'add' && Array.isArray(a)) return [...a, ...b];
  if (name === 'mul' && typeof a === 'string') return a.repeat(b);
  if (name === 'mul' && Array.isArray(a)) return Array(b).fill(a).flat();
  return plain(a, b);
});
const _add = mixed('add', (a, b) => a + b);
const _sub = mixed('sub', (a, b) => a - b);
const _mul = mixed('mul', (a, b) => a * b);
const _div = mixed('div', (a, b) => a / b);
const _floor = overRows((a, b) => typeof a === 'bigint' ? a / BigInt(b) : Math.floor(a / b));
const _mod = overRows((a, b) => { const rest = a % b; return rest && (rest < 0) !== (b < 0) ? rest + b : rest; });
const _pow = overRows((a, b) => {
  if (!(a instanceof _Fraction)) return a ** b;
  const power = BigInt(b), size = power < 0n ? -power : power;
  return power < 0n ? new _Fraction(a.denominator ** size, a.numerator ** size) : new _Fraction(a.numerator ** size, a.denominator ** size);
});
const _neg = eachOf((a) => a instanceof _Fraction ? new _Fraction(-a.numerator, a.denominator) : -a);
const _inv = eachOf((a) => typeof a === 'boolean' ? !a : ~a);
const _and = overRows((a, b) => {
  if (a instanceof _Set || a instanceof _Dict) return new _Set([...a].filter((one) => _in(one, b)));
  return typeof a === 'number' ? a & b : a && b;
});
const _or = overRows((a, b) => {
  if (a instanceof _Dict) return new _Dict([...a.items(), ...b.items()]);
  if (a instanceof _Set) return new _Set([...a, ...b]);
  return typeof a === 'number' ? a | b : a || b;
});
function same(a, b) {
  if (a === b) return true;
  if (a == null || b == null) return a == b;
  if (a instanceof _Fraction || b instanceof _Fraction) {
    if (!((a instanceof _Fraction || isWhole(a)) && (b instanceof _Fraction || isWhole(b)))) return false;
    const [one, other] = [fractionOf(a), fractionOf(b)];
    return one.numerator === other.numerator && one.denominator === other.denominator;
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (typeof a === 'object' && typeof b === 'object') {
    if (a.__eq__) return a.__eq__(b);
    const fields = a.constructor === b.constructor && a.constructor.fields;
    return Boolean(fields) && fields.every((name) => same(a[name], b[name]));
  }
  return typeof a !== typeof b && typeof a !== 'string' && typeof b !== 'string' && a == b;
}
const _eq = overRows(same);
const _ne = overRows((a, b) => !same(a, b));
const less = (a, b) => {
  if (!(a instanceof _Fraction || b instanceof _Fraction)) return a < b;
  if ((a instanceof _Fraction || isWhole(a)) && (b instanceof _Fraction || isWhole(b))) return fractions.lt(fractionOf(a), fractionOf(b));
  return $.builtins.float(a) < $.builtins.float(b);
};
const isNaNumber = (x) => typeof x === 'number' && x !== x;
const _lt = overRows(less);
const _gt = overRows((a, b) => less(b, a));
const _le = overRows((a, b) => !isNaNumber(a) && !isNaNumber(b) && !less(b, a));
const _ge = overRows((a, b) => !isNaNumber(a) && !isNaNumber(b) && !less(a, b));
const _both = (a, other) => _true(a) ? other() : a;
const _either = (a, other) => _true(a) ? a : other();
function _true(x) {
  if (x == null) return false;
  switch (typeof x) {
    case 'boolean': return x;
    case 'number': return x !== 0;
    case 'bigint': return x !== 0n;
    case 'string': return x !== '';
    case 'function': return true;
  }
  if (Array.isArray(x)) return x.length > 0;
  if (x instanceof _Fraction) return x.numerator !== 0n;
  if (x instanceof _Dict || x instanceof _Set) return x.size > 0;
  return x.__len__ ? x.__len__() > 0 : true;
}

// --- collections
const hash = (key) => {
  if (typeof key === 'string') return 's' + key;
  if (Array.isArray(key)) return '(' + key.map(hash).join() + ')';
  if (key instanceof _Fraction) return key.denominator === 1n ? Number(key.numerator) : `/${key.numerator}/${key.denominator}`;
  return key;
};
class _Dict {
  constructor(pairs = []) { this.map = new Map(); for (const [key, value] of _iter(pairs)) this.map.set(hash(key), [key, value]); }
  get size() { return this.map.size; }
  get(key, other = null) { const found = this.map.get(hash(key)); return found ? found[1] : other; }
  set(key, value) { this.map.set(hash(key), [key, value]); }
  has(key) { return this.map.has(hash(key)); }
  delete(key) { this.map.delete(hash(key)); }
  setdefault(key, value) { if (!this.has(key)) this.set(key, value); return this.get(key); }
  keys() { return this; }
  values() { return Array.from(this.map.values(), (pair) => pair[1]); }
  items() { return [...this.map.values()]; }
  *[Symbol.iterator]() { for (const pair of this.map.values()) yield pair[0]; }
}
class _Set {
  constructor(items = []) { this.map = new Map(); for (const one of _iter(items)) this.add(one); }
  get size() { return this.map.size; }
  add(one) { this.map.set(hash(one), one); }
  has(one) { return this.map.has(hash(one)); }
  [Symbol.iterator]() { return this.map.values(); }
}
class _Weak {
  constructor() { this.map = new WeakMap(); }
  get(key, other = null) { return this.map.has(key) ? this.map.get(key) : other; }
  set(key, value) { this.map.set(key, value); }
  has(key) { return this.map.has(key); }
  setdefault(key, value) { if (!this.has(key)) this.set(key, value); return this.get(key); }
}
function _iter(x) {
  if (Array.isArray(x)) return x;
  if (typeof x === 'string' || typeof x[Symbol.iterator] === 'function') return typeof x === 'string' ? Array.from(x) : x;
  return Array.from({ length: x.__len__() }, (_, place) => x.__getitem__(place));
}
const _list = (x) => Array.from(_iter(x));
function _at(x, place) {
  if (x == null) throw new KeyError(String(place));
  if (x instanceof _Dict || x instanceof _Weak) { if (!x.has(place)) throw new KeyError(String(place)); return x.get(place); }
  if (place === null) return x instanceof Row ? x : _row([x]);
  if (place instanceof _Slice) return x.slice(place.start ?? 0, place.stop ?? undefined);
  if (place instanceof Row) return _row(typeof place[0] === 'boolean' ? x.filter((_, i) => place[i]) : Array.from(place, (i) => x[i]));
  if (Array.isArray(x) || typeof x === 'string') { const at = Number(place) < 0 ? x.length + Number(place) : Number(place); return x[at]; }
  return x.__getitem__(place);
}
function _put(x, place, value) {
  if (x instanceof _Dict || x instanceof _Weak) { x.set(place, value); return; }
  if (place instanceof _Slice) { for (let i = place.start ?? 0; i < (place.stop ?? x.length); i++) x[i] = pick(value, i - (place.start ?? 0)); return; }
  if (place instanceof Row) {
    const places = typeof place[0] === 'boolean' ? [...place.keys()].filter((i) => place[i]) : place;
    for (let i = 0; i < places.length; i++) x[places[i]] = pick(value, i);
    return;
  }
  x[place < 0 ? x.length + place : place] = value;
}
function _slice(x, start, stop, step) {
  const items = typeof x === 'string' || Array.isArray(x) ? x : _list(x);
  if (step === -1) return (x instanceof Row ? _row : Array.from)(Array.from(items).reverse());
  return items.slice(start ?? 0, stop ?? undefined);
}
function _starred(x, before, after) { const items = _list(x), end = items.length - after; return [...items.slice(0, before), items.slice(before, end), ...items.slice(end)]; }
function _in(x, holder) {
  if (typeof holder === 'string') return holder.includes(x);
  if (holder.has) return holder.has(x);
  return _list(holder).some((one) => same(one, x));
}
function _is(x, ...kinds) {
  return kinds.some((kind) => {
    if (kind === $.builtins.str) return typeof x === 'string';
    if (kind === $.builtins.int || kind === $.builtins.float) return typeof x === 'number';
    if (kind === $.builtins.bool) return typeof x === 'boolean';
    if (kind === $.builtins.tuple || kind === $.builtins.list) return Array.isArray(x);
    if (kind === $.builtins.dict) return x instanceof _Dict;
    if (kind === _fraction) return x instanceof _Fraction;
    return typeof kind === 'function' && kind.prototype !== undefined && x instanceof kind;
  });
}

// --- functions
const isClass = (called) => typeof called === 'function' && /^class\b/.test(Function.prototype.toString.call(called));
const classes = new Map();
const invoke = (called, given) => { if (!classes.has(called)) classes.set(called, isClass(called)); return classes.get(called) ? new called(...given) : called(...given); };
const split = (given) => given.at(-1) instanceof _Named ? [given.slice(0, -1), given.at(-1)] : [given, null];
function _partial(called, ...first) {
  const [start, named] = split(first);
  return (...rest) => { const [more, later] = split(rest); const together = named || later ? [new _Named({ ...named, ...later })] : []; return invoke(called, [...start, ...more, ...together]); };
}
function _ordered(given, names) {
  const [placed, named] = split(given);
  return names.map((name, place) => named && Object.hasOwn(named, name) ? named[name] : placed[place]);
}
function _bound(owner, name) {
  if (owner == null) throw new TypeError(`${name} of nothing`);
  const found = owner[name];
  if (typeof found === 'function' && !(name in $)) return isClass(found) ? found : found.bind(owner);
  return found === undefined && name !== undefined && typeof owner !== 'object' ? (...given) => _call(owner, name, ...given) : found;
}
const _reduce = (called, items, ...first) => first.length ? _list(items).reduce((a, b) => called(a, b), first[0]) : _list(items).reduce((a, b) => called(a, b));
const _replace = (record, named) => Object.assign(Object.create(Object.getPrototypeOf(record)), record, named);
const _kept = (record, name) => { const value = record["_" + name](); Object.defineProperty(record, name, { value, enumerable: false }); return value; };
const _enter = (state) => { if (state?.raises) watched++; return state; };
const _leave = (state) => { if (state?.raises) watched--; };
const _float64 = (x) => Number(x);

// --- numbers as text
function rounded(value, digits) { // as many digits as that, an exact half to the even one
  const size = Math.abs(value), near = size.toExponential(digits - 1), whole = size.toExponential(100);
  const all = whole.replace('.', '').split('e')[0];
  if (!/^50*$/.test(all.slice(digits)) || Number(all[digits - 1]) % 2) return near;
  return `${all[0]}${digits > 1 ? '.' : ''}${all.slice(1, digits)}e${whole.split('e')[1]}`;
}
const power = (exponent) => `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
const spread = (digits, exponent) => exponent < 0 ? `0.${'0'.repeat(-exponent - 1)}${digits}` : digits.length <= exponent + 1 ? digits.padEnd(exponent + 1, '0') : `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
function shortest(value) { // as repr
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '', [mantissa, shown] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', ''), exponent = Number(shown);
  if (exponent < -4 || exponent >= 16) return sign + mantissa + power(exponent);
  const plain = spread(digits, exponent);
  return sign + (plain.includes('.') ? plain : plain + '.0');
}
function _format(value, spec) {
  const [, comma, , precision, kind] = spec.match(/^(,?)(\.(\d+))?([gef]?)$/);
  if (comma) return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  if (!kind) return _str(value);
  if (!Number.isFinite(value)) return shortest(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '', places = Number(precision ?? 6);
  if (kind === 'f') return value.toFixed(places);
  const [mantissa, shown] = rounded(value, kind === 'e' ? places + 1 : Math.max(places, 1)).split('e'), exponent = Number(shown);
  if (kind === 'e') return sign + mantissa + power(exponent);
  if (exponent >= -4 && exponent < Math.max(places, 1)) {
    const plain = spread(mantissa.replace('.', ''), exponent);
    return sign + (plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain);
  }
  return sign + (mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa) + power(exponent);
}
function _str(x) {
  if (typeof x === 'string') return x;
  if (typeof x === 'number') return Number.isInteger(x) ? String(x) : shortest(x);
  if (x instanceof _Fraction) return x.denominator === 1n ? String(x.numerator) : `${x.numerator}/${x.denominator}`;
  if (x instanceof Error) return x.message;
  return x == null ? 'None' : typeof x === 'boolean' ? (x ? 'True' : 'False') : String(x);
}
const unseen = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };
const _SIGNS = { '－': '-', '＋': '+', '．': '.', '٫': '.', '٬': "'", '，': ',', '％': '%' };
const _digit = (one) => {
  const code = one.codePointAt(0);
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;  // five alphabets without a gap
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
};
const _plainDigits = (text) => /(?![0-9])\p{Nd}/u.test(text)
  ? text.replace(/(?<![\p{L}\p{N}_])[－＋]?[\p{Nd}.．٫][\p{L}\p{N}_.．٫٬，％]*/gu, (number) => Array.from(number, (one) => /\p{Nd}/u.test(one) ? _digit(one) : _SIGNS[one] ?? one).join(''))
  : text;
const _quoted = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => {
  const code = one.codePointAt(0).toString(16);
  return unseen[one] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`);
});

// --- methods
const filled = (text, ...given) => {
  const [placed, named] = split(given);
  let next = 0;
  return text.replace(/\{\{|\}\}|\{(\w*)\}/g, (found, name) => found === '{{' ? '{' : found === '}}' ? '}' : _str(named && name in named ? named[name] : placed[name === '' ? next++ : Number(name)]));
};
const METHODS = {
  string: {
    join: (s, items) => _list(items).join(s),
    split: (s, sign, most) => sign == null ? s.trim().split(/\s+/).filter(Boolean) : most === undefined ? s.split(sign) : [...s.split(sign).slice(0, most), s.split(sign).slice(most).join(sign)],
    partition: (s, sign) => { const at = s.indexOf(sign); return at < 0 ? [s, '', ''] : [s.slice(0, at), sign, s.slice(at + sign.length)]; },
    strip: (s) => s.trim(), lstrip: (s) => s.trimStart(), rstrip: (s, signs) => { let end = s.length; while (end && (signs ? signs.includes(s[end - 1]) : !s[end - 1].trim())) end--; return s.slice(0, end); },
    startswith: (s, sign) => Array.isArray(sign) ? sign.some((one) => s.startsWith(one)) : s.startsWith(sign),
    endswith: (s, sign) => s.endsWith(sign),
    removeprefix: (s, sign) => s.startsWith(sign) ? s.slice(sign.length) : s,
    removesuffix: (s, sign) => sign && s.endsWith(sign) ? s.slice(0, -sign.length) : s,
    replace: (s, old, now) => s.replaceAll(old, () => now),
    format: filled, lower: (s) => s.toLowerCase(), upper: (s) => s.toUpperCase(),
    translate: (s, table) => Array.from(s, (one) => { const key = one.codePointAt(0), now = table.get(key, one); return now == null ? '' : typeof now === 'number' ? String.fromCodePoint(now) : now; }).join(''),
    capitalize: (s) => s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase(), isdigit: (s) => /^\p{Nd}+$/u.test(s), isdecimal: (s) => /^\p{Nd}+$/u.test(s), isalpha: (s) => /^\p{L}+$/u.test(s), isascii: (s) => /^[\0-\x7f]*$/.test(s),
    count: (s, sign) => s.split(sign).length - 1, index: (s, sign) => s.indexOf(sign),
  },
  list: {
    append: (x, one) => { x.push(one); return null; }, extend: (x, items) => { x.push(..._iter(items)); return null; },
    count: (x, wanted) => x.filter((one) => same(one, wanted)).length, index: (x, wanted) => x.findIndex((one) => same(one, wanted)),
    pop: (x, place = x.length - 1) => x.splice(place, 1)[0], copy: (x) => [...x],
  },
  row: {
    any: (x) => x.some(_true), all: (x) => x.every(_true), sum: (x) => x.reduce((a, b) => a + Number(b), 0),
    max: (x, ...more) => $.numpy.max(x, ...more), min: (x, ...more) => $.numpy.min(x, ...more),
    copy: (x) => _row(x), astype: (x) => x, tolist: (x) => Array.from(x), ravel: (x) => x, reshape: (x) => x,
  },
  number: {
    any: _true, all: _true, sum: Number, max: Number, min: Number, copy: (x) => x, astype: (x) => x, tolist: (x) => x, item: (x) => x, ravel: (x) => _row([x]), reshape: (x) => _row([x]),
    bit_length: (x) => bits(BigInt(x)), is_integer: Number.isInteger,
  },
};
METHODS.boolean = METHODS.bigint = METHODS.number;
function _call(owner, name, ...given) {
  const kind = owner instanceof Row ? 'row' : Array.isArray(owner) ? 'list' : typeof owner;
  if (kind === 'object' || kind === 'function') return owner[name](...given);
  const found = METHODS[kind][name] ?? (kind === 'row' ? METHODS.list[name] : undefined);
  if (!found) throw new TypeError(`${kind}.${name}`);
  return found(owner, ...given);
}

// --- what Python, its modules and numpy have
const best = (wins) => (...given) => {
  const [placed, named] = split(given), items = placed.length === 1 ? _list(placed[0]) : placed, key = named?.key ?? ((x) => x);
  if (!items.length) { if (named && 'default' in named) return named.default; throw new ValueError('nothing'); }
  return items.reduce((found, one) => wins(key(one), key(found)) ? one : found);
};
const extreme = (better) => (items) => { let found = items[0]; for (const one of items) if (Number.isNaN(one)) return NaN; else if (better(one, found)) found = one; return found; };
const $ = {
  builtins: {
    len: (x) => x.length ?? x.size ?? x.__len__(), list: _list, tuple: (x = []) => _list(x), str: _str, bool: (x) => _true(x), repr: (x) => typeof x === 'number' ? shortest(x) : _str(x),
    any: (x) => _list(x).some(_true), all: (x) => _list(x).every(_true),
    map: (called, ...lists) => $.builtins.zip(...lists).map((given) => invoke(called, given)),
    zip: (...lists) => { const [placed] = split(lists), all = placed.map(_list), count = Math.min(...all.map((one) => one.length)); return Array.from({ length: count }, (_, i) => all.map((one) => one[i])); },
    enumerate: (x) => _list(x).map((one, place) => [place, one]),
    sum: (x, start = 0) => _list(x).reduce((a, b) => _add(a, typeof b === 'boolean' ? Number(b) : b), start),
    abs: eachOf((x) => x instanceof _Fraction ? new _Fraction(x.numerator < 0n ? -x.numerator : x.numerator, x.denominator) : Math.abs(x)),
    range: (start, stop, step = 1) => { if (stop === undefined) [start, stop] = [0, start]; return Array.from({ length: Math.max(0, Math.ceil((stop - start) / step)) }, (_, i) => start + i * step); },
    reversed: (x) => _list(x).reverse(), max: best((a, b) => less(b, a)), min: best(less),
    sorted: (x, named) => { const key = named?.key ?? ((one) => one), all = _list(x).sort((a, b) => less(key(a), key(b)) ? -1 : less(key(b), key(a)) ? 1 : 0); return named?.reverse ? all.reverse() : all; },
    float: (x) => {
      if (x instanceof _Fraction) return x.toNumber();
      if (typeof x !== 'string') return Number(x);
      const text = x.trim().replaceAll('_', '').toLowerCase(), word = text.replace(/^[+-]/, '');
      if (/^(inf|infinity)$/.test(word)) return text.startsWith('-') ? -Infinity : Infinity;
      if (word === 'nan') return NaN;
      if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)) throw new ValueError(x);
      return Number(text);
    },
    int: (x) => x instanceof _Fraction ? Number(x.numerator / x.denominator) : Math.trunc(Number(x)),
    round: (x) => $.numpy.rint(x), iter: _list, next: (x, ...other) => { const [one] = _iter(x); return one !== undefined ? one : other[0]; },
    dict: Object.assign((x = []) => new _Dict(x instanceof _Dict ? x.items() : x), { fromkeys: (keys, value = null) => new _Dict(_list(keys).map((key) => [key, value])) }),
    set: (x = []) => new _Set(x), frozenset: (x = []) => new _Set(x), slice: (start, stop) => new _Slice(start, stop), FloatingPointError, ValueError, KeyError, IndexError,
  },
  math: {
    nan: NaN, inf: Infinity, pi: Math.PI, e: Math.E,
    isnan: (x) => Number.isNaN($.builtins.float(x)), isfinite: (x) => Number.isFinite($.builtins.float(x)), isinf: (x) => Math.abs($.builtins.float(x)) === Infinity,
    copysign: (x, sign) => (sign < 0 || Object.is(sign, -0) ? -1 : 1) * Math.abs(x),
    isqrt: (x) => { const n = BigInt(x); if (n < 2n) return n; let root = 1n << BigInt((bits(n) + 1) >> 1); for (;;) { const next = (root + n / root) >> 1n; if (next >= root) return root; root = next; } },
    prod: (x) => _list(x).reduce((a, b) => a * b, 1), floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, sqrt: Math.sqrt, exp: Math.exp, log: Math.log, log10: Math.log10, log1p: Math.log1p, sin: Math.sin, cos: Math.cos, tan: Math.tan, tanh: Math.tanh, hypot: Math.hypot, fabs: Math.abs,
  },
  itertools: {
    *islice(x, most) { let taken = 0; if (most > 0) for (const one of _iter(x)) { yield one; if (++taken >= most) return; } },
    chain: (...lists) => lists.flatMap(_list), pairwise: (x) => { const all = _list(x); return all.slice(1).map((one, i) => [all[i], one]); },
  },
  numpy: {
    exp: eachOf(Math.exp),
    expm1: eachOf(Math.expm1),
    log: eachOf(Math.log),
    log2: eachOf(Math.log2),
    log10: eachOf(Math.log10),
    log1p: eachOf(Math.log1p),
    sin: eachOf(Math.sin),
    cos: eachOf(Math.cos),
    tan: eachOf(Math.tan),
    sinh: eachOf(Math.sinh),
    cosh: eachOf(Math.cosh),
    tanh: eachOf(Math.tanh),
    sqrt: eachOf(Math.sqrt),
    cbrt: eachOf(Math.cbrt),
    abs: eachOf(Math.abs),
    floor: eachOf(Math.floor),
    ceil: eachOf(Math.ceil),
    trunc: eachOf(Math.trunc),
    sign: eachOf(Math.sign),
    nan: NaN,
    inf: Infinity,
    pi: Math.PI,
    e: Math.E,
    float64: _float64,
    int32: 'int32',
    int64: 'int64',
    bool_: 'bool',
    isnan: eachOf((x) => Number.isNaN(x)),
    isfinite: eachOf((x) => Number.isFinite(x)),
    isinf: eachOf((x) => Math.abs(x) === Infinity),
    square: eachOf((x) => x * x),
    reciprocal: eachOf((x) => 1 / x),
    negative: _neg,
    logical_not: _inv,
    add: Object.assign((a, b) => _add(a, b), { at: (x, places, values) => { for (let i = 0; i < places.length; i++) x[places[i]] += pick(values, i); } }),
    subtract: _sub,
    multiply: _mul,
    divide: _div,
    true_divide: _div,
    greater: _gt,
    greater_equal: _ge,
    less: _lt,
    less_equal: _le,
    equal: _eq,
    not_equal: _ne,
    logical_and: overRows((a, b) => _true(a) && _true(b)),
    logical_or: overRows((a, b) => _true(a) || _true(b)),
    power: overRows((a, b) => b === 0 || a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
    hypot: overRows(Math.hypot),
    arctan2: overRows(Math.atan2),
    copysign: overRows((x, sign) => $.math.copysign(x, sign)),
    maximum: overRows((a, b) => Number.isNaN(a) || Number.isNaN(b) ? NaN : a >= b ? a : b),
    minimum: overRows((a, b) => Number.isNaN(a) || Number.isNaN(b) ? NaN : a <= b ? a : b),
    max: (x, ...more) => x instanceof Row || Array.isArray(x) ? x.length ? extreme((a, b) => a > b)(x) : more.at(-1)?.initial : x,
    min: (x, ...more) => x instanceof Row || Array.isArray(x) ? x.length ? extreme((a, b) => a < b)(x) : more.at(-1)?.initial : x,
    sum: (x) => METHODS.row.sum(x),
    mean: (x) => METHODS.row.sum(x) / x.length,
    prod: (x) => x.reduce((a, b) => a * b, 1),
    any: (x) => x.some(_true),
    all: (x) => x.every(_true),
    logaddexp: overRows((x, y) => { if (x === y) return x + Math.LN2; const off = x - y; return off > 0 ? x + Math.log1p(Math.exp(-off)) : off <= 0 ? y + Math.log1p(Math.exp(off)) : NaN; }),
    where: (test, a, b) => { const rows = [test, a, b].filter((one) => one instanceof Row); if (!rows.length) return _true(test) ? a : b; const count = Math.max(...rows.map((one) => one.length)); return _row(Array.from({ length: count }, (_, i) => _true(pick(test, i)) ? pick(a, i) : pick(b, i))); },
    rint: eachOf((x) => { const low = Math.floor(x), rest = x - low; return !Number.isFinite(x) ? x : rest < 0.5 ? low : rest > 0.5 ? low + 1 : low % 2 ? low + 1 : low; }),
    clip: (x, low, high) => $.numpy.minimum($.numpy.maximum(x, low), high),
    nan_to_num: eachOf((x) => Number.isNaN(x) ? 0 : x === Infinity ? Number.MAX_VALUE : x === -Infinity ? -Number.MAX_VALUE : x),
    frexp,
    ldexp: overRows((x, power) => { while (power > 1000) { x *= 2 ** 1000; power -= 1000; } if (power < -1000) { const [mantissa, own] = frexp(x), all = own + power; return all < -1080 ? mantissa * 0 : all < -1000 ? mantissa * 2 ** -1000 * 2 ** (all + 1000) : mantissa * 2 ** all; } return x * 2 ** power; }),
    spacing: eachOf((x) => { if (!Number.isFinite(x)) return NaN; const size = Math.abs(x); return size < TINY ? 2 ** -1074 : 2 ** Math.max(-1074, frexp(size)[1] - 53); }),
    stack: (x, named) => named?.axis === 1 ? _row(Array.from(x[0], (_, i) => x.map((one) => one[i]))) : _row(x),
    array: (x) => _row(_list(x)),
    asarray: (x) => x,
    concatenate: (x) => _row(x.flatMap((one) => Array.from(one))),
    broadcast_arrays: (...x) => x,
    empty_like: (x) => x instanceof Row ? _row(x) : 0,
    zeros_like: (x) => x instanceof Row ? _row(Array.from(x, () => 0)) : 0,
    ones_like: (x) => x instanceof Row ? _row(Array.from(x, () => 1)) : 1,
    full_like: (x, y) => x instanceof Row ? _row(Array.from(x, () => y)) : y,
    zeros: (count) => _row(Array(count).fill(0)),
    ones: (count) => _row(Array(count).fill(1)),
    arange: (count) => _row([...Array(count).keys()]),
    bincount: (x, named) => { const counts = _row(Array(Math.max(named?.minlength ?? 0, ...Array.from(x, (one) => one + 1))).fill(0)); for (const one of x) counts[one]++; return counts; },
    cumsum: (x) => { let sum = 0; return _row(Array.from(x, (one) => sum += one)); },
    argsort: (x) => _row([...x.keys()].sort((a, b) => x[a] - x[b] || a - b)),
    flatnonzero: (x) => _row([...x.keys()].filter((i) => _true(x[i]))),
    reshape: (x) => x instanceof Row ? x : _row(Array.isArray(x) ? x : [x]),
    isin: (x, y) => _row(Array.from(x, (one) => _in(one, y))),
    finfo: () => ({ tiny: TINY, smallest_normal: TINY, max: Number.MAX_VALUE, eps: EPS }),
    errstate: (named) => ({ raises: Object.values(named ?? {}).includes('raise') }),
    arcsin: eachOf(Math.asin),
    arccos: eachOf(Math.acos),
    arctan: eachOf(Math.atan),
    arcsinh: eachOf(Math.asinh),
    arccosh: eachOf(Math.acosh),
    arctanh: eachOf(Math.atanh),
    absolute: eachOf(Math.abs),
    fabs: eachOf(Math.abs),
    amax: (x, ...more) => $.numpy.max(x, ...more),
    amin: (x, ...more) => $.numpy.min(x, ...more),
  },
};

function frexp(x) {
  if (x instanceof Row) { const pairs = Array.from(x, frexp); return [_row(pairs.map((pair) => pair[0])), _row(pairs.map((pair) => pair[1]))]; }
  if (!x || !Number.isFinite(x)) return [x, 0];
  let power = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1), mantissa = x * 2 ** -power;
  while (Math.abs(mantissa) < 0.5) { mantissa *= 2; power--; }
  while (Math.abs(mantissa) >= 1) { mantissa /= 2; power++; }
  return [mantissa, power];
}
const { builtins: B, math: M, itertools: I, numpy: N } = $;
const [A, S, T, R, C, E, L, D, K] = [_at, _str, _true, _iter, _call, _eq, _list, _Dict, _Named]; // as translated code has them
