// One narrative: its tellings side by side, when and where, who says it, where they disagree.

const differenceNames = {figure: 'Figures', date: 'Dates', name: 'Names', negation: 'Denied or affirmed', stance: 'Stance'};

function oneNarrative(n) {
  const label = labelOf(n), sides = element('div', {}), kind = m => m === first ? 'first' : isCopy(n, m) ? 'copy' : 'telling';
  const dated = n.members.filter(m => articleOf(m.at).day).sort((a, b) => articleOf(a.at).day < articleOf(b.at).day ? -1 : articleOf(a.at).day > articleOf(b.at).day ? 1 : 0);
  const first = n.members.find(m => m.at === n.firstStatement) || (tellsCopies ? null : dated[0]) || null, told = tally(n.members.filter(m => statements[m.at].speaker !== null), m => statements[m.at].speaker);
  const inThemes = tally(n.members.map(m => statements[m.at].theme).filter(theme => theme !== null));
  const bundle = bundles.find(b => b.narratives.includes(n.at));
  let base = label;

  /** What `m` says otherwise than the telling it is set beside; the one set beside shows all its points. */
  const differing = m => n.differences.flatMap(d => {
    const [mine, other] = d.a === m.at ? [d.aValue, d.b] : d.b === m.at ? [d.bValue, d.a] : [null, null];
    return mine && (m === base || other === base.at) ? [mine] : [];
  });
  const card = m => statement(m.at, {
    body: marked(textOf(m.at), m === base ? null : textOf(base.at), differing(m)),
    heading: m === base ? element('p', {class: 'tag base'}, m === label ? 'stands for the narrative' : 'compared with') : null,
    notes: m === base ? null : [dotted(m === label ? 'stands for the narrative' : `to what stands for it: ${unescored(m.relation)}, ${m.score.toFixed(2)}`, m.copyOf !== null && tellsCopies ? element('span', {}, 'copy of ', own(outletOf(articleOf(m.copyOf)))) : null), ' ',
      element('button', {type: 'button', class: 'quiet', onclick: () => { base = m; draw(); sides.querySelector('article').scrollIntoView({block: 'nearest'}); say('Compared with this telling now'); }}, 'Compare the others with this')],
  });
  function draw() {
    const rest = n.members.filter(m => m !== base), own = rest.filter(m => !isCopy(n, m)), copies = rest.filter(m => isCopy(n, m));
    sides.replaceChildren(element('div', {class: 'beside-base'}, element('div', {class: 'held'}, card(base)),
      element('div', {}, own.length ? [element('h3', {}, plural(own.length, 'other telling')), paged(own, card, {size: 12, label: 'Tellings'})] : null,
        copies.length ? [element('h3', {}, tellsCopies ? plural(copies.length, 'copy', 'copies') : `${plural(copies.length, 'telling')} in the same words`), paged(copies, card, {size: 12, label: 'Copies'})] : null)));
  }
  draw();
  return [back(link('narratives', 'Narratives')), element('h1', {dir: 'auto', class: 'claim'}, n.label),
    n.form ? element('p', {class: 'soft'}, 'A form: the same words with other values each time. Its statements are about different things.') : null,
    facts([['statements', number(n.members.length)], ['articles', number(n.articles)], ['outlets', n.sources.length ? number(n.sources.length) : 'not given'],
      ['independent tellings', number(n.tellings ?? n.members.length - n.copies), n.copies ? `${number(n.copies)} ${tellsCopies ? n.copies === 1 ? 'copy' : 'copies' : 'in the same words'}` : 'no copy'],
      ['first seen', dated.length ? articleOf(dated[0].at).day : 'not given', first ? own(outletOf(articleOf(first.at))) : dated.length ? 'by whom the dates do not show' : null], ['last seen', dated.length ? articleOf(dated.at(-1).at).day : 'not given'],
      ['cohesion', n.cohesion.toFixed(2), 'lowest score of any two']]),
    element('p', {}, dotted(inThemes.slice(0, 3).map(([at]) => themeLink(at)), link('map/narrative/' + n.at, 'Show it on the map'))),
    section('When and where', lanes(n.members.map(m => ({day: articleOf(m.at).day, outlet: outletOf(articleOf(m.at)), route: routeOf(m.at), kind: kind(m), label: textOf(m.at)})), 'When each outlet told it'),
      dated.length ? element('ul', {class: 'key small'}, first ? element('li', {}, element('i', {class: 'dot first'}), 'first') : null, element('li', {}, element('i', {class: 'dot telling'}), 'in its own words'), n.copies ? element('li', {}, element('i', {class: 'dot copy'}), tellsCopies ? 'copy' : 'in the same words') : null) : null,
      spreadTable(n)),
    section('Side by side', element('p', {class: 'small'}, 'Marked: ', element('mark', {class: 'same'}, 'shared with the telling at the side'), ' ', element('mark', {class: 'differs'}, 'where the two disagree')), sides),
    n.differences.length ? section('Where they disagree', disagreements(n)) : null,
    told.length ? section('Who says it', bars('Who says it', [...told.map(([at, count]) => [link('quotes/' + at, own(speakers[at])), count]), ...(n.members.length > told.reduce((sum, t) => sum + t[1], 0) ? [['the article itself, or not named', n.members.length - told.reduce((sum, t) => sum + t[1], 0), '--c-none']] : [])])) : null,
    bundle ? section('It travels with', element('ul', {class: 'rows'}, bundle.narratives.filter(at => at !== n.at).map(at => element('li', {}, narrativeLine(narratives[at]))))) : null];
}

/** The numbers of the spread, outlet by outlet. */
function spreadTable(n) {
  const rows = tally(n.members, m => outletKey(m.at)).map(([at, count]) => {
    const mine = n.members.filter(m => outletKey(m.at) === at), days = mine.map(m => articleOf(m.at).day).filter(Boolean).sort();
    return [at === null ? 'outlet not given' : own(outlets[at]), number(new Set(mine.map(m => statements[m.at].article)).size), number(count), number(mine.filter(m => !isCopy(n, m)).length), days[0] || '–', days.at(-1) || '–'];
  });
  return numbers({caption: 'Spread', head: ['outlet', 'articles', 'statements', 'independent', 'first', 'last'], numeric: [1, 2, 3], rows});
}

/** Differences by kind: each two values that are set against each other, with those who say them. */
function disagreements(n) {
  const who = list => [...new Set(list)].map(at => element('a', {href: '#/' + routeOf(at)}, own(outletOf(articleOf(at))), articleOf(at).day ? ' ' + articleOf(at).day : ''));
  const side = (value, list) => [element('b', {}, value ? own(value) : 'says nothing of it'), element('div', {class: 'small'}, dotted(...who(list)))];
  const grouped = kind => {
    const rows = new Map();
    for (const d of n.differences.filter(d => d.kind === kind)) {
      const straight = (d.aValue || '') <= (d.bValue || ''), [a, b] = straight ? [d.aValue, d.bValue] : [d.bValue, d.aValue], key = a + '\n' + b;
      if (!rows.has(key)) rows.set(key, {a, b, left: [], right: []});
      rows.get(key).left.push(straight ? d.a : d.b);
      rows.get(key).right.push(straight ? d.b : d.a);
    }
    return [...rows.values()].sort((x, y) => y.left.length - x.left.length);
  };
  return [tally(n.differences, d => d.kind).map(([kind]) => table({caption: differenceNames[kind] || kind, head: ['some say', 'others say'], rows: grouped(kind).map(d => [side(d.a, d.left), side(d.b, d.right)])})),
    n.differing > n.differences.length ? element('p', {class: 'soft small'}, `From the first ${number(n.differences.length)} of ${number(n.differing)} differences; the table narratives has all.`) : null];
}
