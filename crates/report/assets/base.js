'use strict';
// Everything that articles say reaches the page through `element`, as text, never as markup.
const data = JSON.parse(document.getElementById('data').textContent);
data.statements = data.statements.map(([article, start, end, theme, speaker, x, y]) => ({article, start, end, theme, speaker, x, y}));
const main = document.getElementById('main');
const tip = document.getElementById('tip');
const views = {};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) made.append(child);
  return made;
}

function drawing(name, attributes, ...children) {
  const made = document.createElementNS('http' + '://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children.flat(Infinity)) made.append(child);
  return made;
}

const link = (route, ...children) => element('a', {href: '#/' + route}, ...children);
const textOf = s => data.articles[s.article].text.slice(s.start, s.end);
const speakerOf = s => s.speaker === null ? null : data.speakers[s.speaker];
const titleOf = a => a.title || a.file || a.id;
const outletOf = a => a.source || 'outlet not given';
const dayOf = a => /^\d{4}-\d{2}-\d{2}/.test(a.published || '') ? a.published.slice(0, 10) : null;
const percent = x => Math.round(x * 100) + ' %';
const number = x => x.toLocaleString('en');
const plural = (n, one, many) => number(n) + ' ' + (n === 1 ? one : many || one + 's');

/** The theme at the top of the tree above theme `at`. */
function topTheme(at) {
  while (at !== null && data.themes[at].parent !== null) at = data.themes[at].parent;
  return at;
}

/** Counts of `of(item)`, most frequent first, ties by name. */
function tally(items, of) {
  const counts = new Map();
  for (const item of items) counts.set(of(item), (counts.get(of(item)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])));
}

/** Labelled bars of [label, count, content of the label]. */
function bars(rows) {
  const most = Math.max(1, ...rows.map(row => row[1]));
  return element('div', {}, rows.map(([label, count, content]) => element('div', {class: 'bar'},
    element('span', {}, content || label),
    element('span', {class: 'track', 'aria-hidden': 'true'}, element('i', {style: `width:${count / most * 100}%`})),
    element('span', {class: 'small soft'}, number(count)))));
}

/** A statement with its speaker, its article and the way there. */
function statement(at, extra) {
  const s = data.statements[at], a = data.articles[s.article];
  return element('div', {},
    element('blockquote', {}, extra || textOf(s)),
    element('div', {class: 'small soft'}, speakerOf(s) ? speakerOf(s) + ' · ' : null, outletOf(a), dayOf(a) ? ' · ' + dayOf(a) : null, ' · ',
      link(`articles/${s.article}/${at}`, titleOf(a))));
}

/** Statements on a line of time, a row for each outlet: items are [day, outlet, route, words]. */
function timeline(items) {
  const dated = items.filter(item => item[0]);
  if (!dated.length) return element('p', {class: 'soft'}, 'No article says when it was published.');
  const outlets = [...new Set(dated.map(item => item[1]))].sort();
  const times = dated.map(item => Date.parse(item[0]));
  const low = Math.min(...times), high = Math.max(...times);
  const left = 150, width = 720, row = 26, height = outlets.length * row + 24;
  const x = time => left + 10 + (high > low ? (time - low) / (high - low) : 0.5) * (width - left - 30);
  const seen = new Map();
  return drawing('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'When each outlet told it', width: '100%'},
    outlets.map((outlet, i) => [
      drawing('line', {class: 'axis', x1: left, x2: width, y1: i * row + 14, y2: i * row + 14}),
      drawing('text', {x: 0, y: i * row + 18}, outlet.length > 22 ? outlet.slice(0, 21) + '…' : outlet)]),
    dated.map(([day, outlet, route, words]) => {
      const spot = day + outlet, before = seen.get(spot) || 0;
      seen.set(spot, before + 1);
      const dot = drawing('circle', {class: 'dot', cx: x(Date.parse(day)) + before * 7, cy: outlets.indexOf(outlet) * row + 14, r: 6},
        drawing('title', {}, `${day} ${outlet}: ${words}`));
      return route ? drawing('a', {href: '#/' + route, 'aria-label': `${day} ${outlet}`}, dot) : dot;
    }),
    drawing('text', {x: left, y: height - 4}, new Date(low).toISOString().slice(0, 10)),
    high > low ? drawing('text', {x: width, y: height - 4, 'text-anchor': 'end'}, new Date(high).toISOString().slice(0, 10)) : []);
}

/** The words of `text`, each with what follows it. */
const wordsOf = text => text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*|[^\p{L}\p{N}]+/gu) || [];
const isWord = piece => /[\p{L}\p{N}]/u.test(piece);

/** `text` with the words that also stand, in this order, in `other` marked, and `differing` values marked otherwise. */
function marked(text, other, differing) {
  const a = wordsOf(text), b = wordsOf(other).filter(isWord).map(w => w.toLowerCase()).slice(0, 400);
  const words = a.map((w, i) => [w.toLowerCase(), i]).filter(([w]) => isWord(w)).slice(0, 400);
  const table = Array.from({length: words.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = words.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = words[i][0] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  const shared = new Set();
  for (let i = 0, j = 0; i < words.length && j < b.length;) {
    if (words[i][0] === b[j]) { shared.add(words[i][1]); i++; j++; }
    else if (table[i + 1][j] >= table[i][j + 1]) i++;
    else j++;
  }
  const spots = [];
  for (const value of differing) {
    const at = value ? text.indexOf(value) : -1;
    if (at >= 0) spots.push([at, at + value.length]);
  }
  let at = 0;
  return a.map((piece, i) => {
    const from = at;
    at += piece.length;
    if (spots.some(([start, end]) => from < end && at > start && isWord(piece))) return element('mark', {class: 'differs'}, piece);
    return shared.has(i) ? element('mark', {class: 'same'}, piece) : piece;
  });
}
