// The list of narratives, and what every view says of one.

/** Whether a member is a copy: as the run says, or, of an older run that doesn't, in the label's own words. */
const tellsCopies = narratives.some(n => n.tellings !== undefined);
const labelOf = n => n.members.find(m => textOf(m.at) === n.label) || n.members[0];
const isCopy = (n, m) => tellsCopies ? m.copyOf !== null : m !== labelOf(n) && (m.relation === 'identical' || m.relation === 'near_copy');
for (const n of narratives) n.copies = n.copies ?? n.members.filter(m => isCopy(n, m)).length;

const tellings = n => `${plural(n.tellings ?? n.members.length - n.copies, 'independent telling')}${n.copies ? `, ${plural(n.copies, tellsCopies ? 'copy' : 'telling in the same words', tellsCopies ? 'copies' : 'tellings in the same words')}` : ''}`;
const daysOf = n => n.members.map(m => articleOf(m.at).day);
const firstDay = n => daysOf(n).filter(Boolean).sort()[0] || null;

/** A narrative in two lines. */
function narrativeLine(n) {
  return element('div', {class: 'line'}, element('a', {href: '#/narratives/' + n.at, class: 'claim', dir: 'auto'}, n.label), spark(daysOf(n), '--bar'),
    element('div', {class: 'small soft'}, dotted(plural(n.articles, 'article'), n.sources.length ? `${plural(n.sources.length, 'outlet')}` : null, tellings(n), span(daysOf(n)), n.differing ? plural(n.differing, 'difference') : null)));
}

const narrativeOrders = {
  spread: ['widest spread', (a, b) => a.at - b.at],
  statements: ['most statements', (a, b) => b.members.length - a.members.length],
  copies: ['most copies', (a, b) => b.copies - a.copies],
  differences: ['most differences', (a, b) => b.differing - a.differing],
  first: ['earliest', (a, b) => (firstDay(a) || '9') < (firstDay(b) || '9') ? -1 : (firstDay(a) || '9') > (firstDay(b) || '9') ? 1 : a.at - b.at],
};
const narrativeState = {order: 'spread', query: '', outlet: '', kind: 'claims'};
const claims = narratives.filter(n => !n.form), forms = narratives.filter(n => n.form);

views.narratives = {
  name: 'Narratives',
  show(at) {
    if (narratives[at]) return oneNarrative(narratives[at]);
    if (!narratives.length) return [element('h1', {}, 'Narratives'), element('p', {}, 'No two articles make the same claim.')];
    const list = element('div', {id: 'narratives'}), count = element('p', {class: 'soft', role: 'status'});
    const update = () => {
      const asked = narrativeState.query.trim().toLowerCase(), outlet = narrativeState.outlet;
      const kept = (narrativeState.kind === 'forms' ? forms : claims).filter(n => (!asked || n.members.some(m => textOf(m.at).toLowerCase().includes(asked))) && (!outlet || n.members.some(m => String(outletKey(m.at)) === outlet)));
      count.textContent = `${plural(kept.length, narrativeState.kind === 'forms' ? 'form' : 'narrative')}${asked ? ` with “${narrativeState.query.trim()}”` : ''}`;
      list.replaceChildren(...paged([...kept].sort(narrativeOrders[narrativeState.order][1]), narrativeLine, {label: 'Narratives'}));
    };
    update();
    return [element('h1', {}, 'Narratives'), element('p', {class: 'lead'}, 'Claims that at least two articles make, in the same words or in others.'),
      element('div', {class: 'tools'}, field('With the words', narrativeState.query, value => { narrativeState.query = value; update(); }, 'narrative-search'),
        outlets.length > 1 ? choice('Told by', [['', 'any outlet'], ...outlets.map((name, i) => [String(i), name])], narrativeState.outlet, value => { narrativeState.outlet = value; update(); }) : null,
        forms.length ? choice('Kind', [['claims', 'claims'], ['forms', 'forms: the same words with other values each time']], narrativeState.kind, value => { narrativeState.kind = value; update(); }) : null,
        choice('Order', Object.entries(narrativeOrders).map(([key, [name]]) => [key, name]), narrativeState.order, value => { narrativeState.order = value; update(); })),
      count, list, bundles.length ? this.bundles() : null];
  },
  bundles() {
    return section('Narratives that travel together', element('p', {class: 'soft'}, 'Bundles: the same articles, or nearly so, make all of these claims.'),
      paged(bundles, bundle => [element('ul', {}, bundle.narratives.map(at => element('li', {}, element('a', {href: '#/narratives/' + at, dir: 'auto'}, narratives[at].label)))),
        element('p', {class: 'small soft'}, dotted(plural(bundle.articles.length, 'article'), `overlap of any two at least ${percent(bundle.overlap)}`))], {size: 10, label: 'Bundles'}));
  },
};
