// Two articles side by side: their statements in order, aligned where they say the same, with the shared words joined.

/** Statements of both that belong together, best first, each once: near-duplicates, then members of one narrative. */
function matchesOf(a, b) {
  const candidates = new Map();
  const offer = (i, j, score, how) => {
    const key = i + ' ' + j;
    if (!candidates.has(key) || candidates.get(key).score < score) candidates.set(key, {i, j, score, how});
  };
  for (const i of articles[a].statements) {
    for (const twin of statements[i].twins) if (statements[twin.at].article === b) offer(i, twin.at, 1 + twin.score, unescored(twin.relation));
    for (const n of statements[i].narratives) for (const m of narratives[n].members) if (statements[m.at].article === b) offer(i, m.at, m.score, 'same narrative');
  }
  const used = new Set(), kept = [];
  for (const match of [...candidates.values()].sort((x, y) => y.score - x.score || x.i - y.i || x.j - y.j)) {
    if (used.has(match.i) || used.has(match.j)) continue;
    used.add(match.i).add(match.j);
    kept.push(match);
  }
  return kept.sort((x, y) => x.i - y.i);
}

/** The longest run of matches whose order is the same in both articles: only these can share a row. */
function inOrder(matches) {
  const best = matches.map(() => 1), from = matches.map(() => -1);
  let end = -1;
  matches.forEach((match, k) => {
    for (let l = 0; l < k; l++) if (matches[l].j < match.j && best[l] + 1 > best[k]) { best[k] = best[l] + 1; from[k] = l; }
    if (end < 0 || best[k] > best[end]) end = k;
  });
  const kept = new Set();
  for (let k = end; k >= 0; k = from[k]) kept.add(matches[k]);
  return kept;
}

function sideBySide(a, b) {
  const pair = pairs.find(p => (p.a === a && p.b === b) || (p.a === b && p.b === a)), turned = pair && pair.a === b;
  const matches = matchesOf(a, b), straight = inOrder(matches), passages = pair ? pair.passages : [];
  const numberOf = new Map(), partner = new Map();
  matches.forEach((match, k) => { numberOf.set(match.i, k + 1).set(match.j, k + 1); partner.set(match.i, match).set(match.j, match); });
  // A passage is a start and an end in the pair's first article, then in its second.
  const spans = (at, left) => passages.map(p => left !== Boolean(turned) ? [p[0], p[1]] : [p[2], p[3]]);

  /** A statement; a joined one has its words marked and a button that leads to the other. */
  const said = (at, left) => {
    const s = statements[at], match = partner.get(at), text = articles[s.article].text;
    // Inside a passage some words differ: of two joined statements only the words that both have are marked.
    const marks = match ? marked(textOf(at), textOf(left ? match.j : match.i)) : spanned(text, s.start, s.end, spans(at, left));
    const n = numberOf.get(at), mine = `${left ? 'a' : 'b'}-${n}`, other = `${left ? 'b' : 'a'}-${n}`;
    return element('p', {class: 'said' + (s.kind === 2 ? ' heading' : '') + (match ? ' joined' : ''), id: match ? mine : null, dir: 'auto', 'data-join': n},
      match ? element('button', {type: 'button', class: 'join', 'aria-label': `Shared ${n}, ${match.how}: go to the other side`, title: match.how, onclick: () => reach(other)}, String(n)) : null,
      marks, '\u00a0', element('a', {class: 'pin', href: '#/' + routeOf(at), 'aria-label': 'In the full article', title: 'In the full article'}, '¶'));
  };
  const rows = [], left = [...articles[a].statements], right = [...articles[b].statements];
  const upTo = (list, end) => list.splice(0, end === undefined ? list.length : list.indexOf(end));
  for (const match of [...matches.filter(m => straight.has(m)), {}]) {
    const [ours, theirs] = [upTo(left, match.i), upTo(right, match.j)];
    if (ours.length || theirs.length) rows.push(element('div', {class: 'row apart'}, element('div', {}, ours.map(at => said(at, true))), element('div', {}, theirs.map(at => said(at, false)))));
    if (match.i === undefined) break;
    left.shift();
    right.shift();
    rows.push(element('div', {class: 'row match'}, element('div', {}, said(match.i, true)), element('div', {}, said(match.j, false))));
  }
  const head = at => element('div', {}, element('h2', {dir: 'auto'}, link('articles/' + at, titleOf(articles[at]))), element('p', {class: 'soft small'}, dotted(own(outletOf(articles[at])), articles[at].day, articles[at].wire ? element('span', {}, 'wire: ', own(articles[at].wire)) : null, pair && pair.first === at ? 'came first' : null)));
  const aligned = element('div', {class: 'aligned', id: 'aligned'}, element('div', {class: 'row heads'}, head(a), head(b)), rows);
  const light = event => {
    const here = event.target.closest && event.target.closest('[data-join]');
    for (const one of aligned.querySelectorAll('.lit')) one.classList.remove('lit');
    if (here) for (const one of aligned.querySelectorAll(`[data-join="${here.dataset.join}"]`)) one.classList.add('lit');
  };
  for (const kind of ['pointerover', 'focusin']) aligned.addEventListener(kind, light);
  return [back(link('stories', 'Stories'), articles[a].storyAt !== null && articles[a].storyAt === articles[b].storyAt ? link('stories/' + articles[a].storyAt, 'this story') : link('articles/' + a, 'the first article')),
    element('h1', {}, 'Two articles side by side'),
    facts([pair ? ['relation', relationNames[pair.relation] || unescored(pair.relation), `score ${pair.score.toFixed(2)}`] : ['relation', 'none found'], pair ? ['of the left in the right', percent(turned ? pair.bInA : pair.aInB), 'of its words'] : null,
      pair ? ['of the right in the left', percent(turned ? pair.aInB : pair.bInA), 'of its words'] : null, ['joined statements', number(matches.length), matches.length > straight.size ? `${number(matches.length - straight.size)} in another order` : null], passages.length ? ['shared passages', number(passages.length)] : null]),
    element('p', {class: 'small soft'}, 'Statements with a number say the same on both sides; the words that they share are ', element('mark', {class: 'same'}, 'marked'), '. The number leads to the other side, ¶ to the full article. Page furniture is left out.'),
    aligned];
}

/** Brings an element of the page into view and puts the focus on it. */
function reach(id) {
  const there = document.getElementById(id);
  there.scrollIntoView({block: 'center'});
  (there.querySelector('button, a') || there).focus({preventScroll: true});
}
