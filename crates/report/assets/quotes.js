// Who says what.
const quoteText = q => Array.from({length: q.ends.length / 2}, (_, i) => articles[q.article].text.slice(q.ends[2 * i], q.ends[2 * i + 1])).join(' … ');
const quoteState = {query: '', kind: ''};
const quotation = q => element('article', {class: 'statement'}, element('blockquote', {dir: 'auto'}, quoteText(q)),
  element('p', {class: 'source'}, dotted([q.speaker !== null ? element('b', {}, link('quotes/' + q.speaker, own(speakers[q.speaker]))) : q.source ? own(q.source) : 'speaker not named', q.cue ? [' ', element('i', {}, own(q.cue))] : null].flat().filter(Boolean).reduce((line, part) => fill(line, {}, [part]), element('span', {})), q.kind, own(outletOf(articles[q.article])), articles[q.article].day,
    element('a', {href: '#/' + (q.statements.length ? routeOf(q.statements[0]) : 'articles/' + q.article)}, own(titleOf(articles[q.article]))))));

views.quotes = {
  name: 'Quotes',
  show(at) {
    if (speakers[at] !== undefined) return this.one(Number(at));
    if (!quotes.length) return [element('h1', {}, 'Who says what'), element('p', {}, 'No quotation was found.')];
    const named = tally(quotes.filter(q => q.speaker !== null), q => q.speaker), nameless = quotes.filter(q => q.speaker === null && !q.source).length;
    const list = element('div', {}), count = element('p', {class: 'soft', role: 'status'});
    const update = () => {
      const asked = quoteState.query.trim().toLowerCase();
      const kept = quotes.filter(q => (!quoteState.kind || q.kind === quoteState.kind) && (!asked || quoteText(q).toLowerCase().includes(asked) || (q.speaker !== null && speakers[q.speaker].toLowerCase().includes(asked))));
      count.textContent = plural(kept.length, 'quotation');
      list.replaceChildren(...paged(kept, quotation, {label: 'Quotations'}));
    };
    update();
    return [element('h1', {}, 'Who says what'), element('p', {class: 'lead'}, `${plural(quotes.length, 'quotation')} by ${plural(speakers.length, 'named speaker')}${nameless ? `; of ${number(nameless)} the article names nobody` : ''}.`),
      section('Most quoted', bars('Most quoted', named.slice(0, 15).map(([s, n]) => [link('quotes/' + s, own(speakers[s])), n]), {count: 'quotations'})),
      section('Quotations', element('div', {class: 'tools'}, field('With these words, or by', quoteState.query, value => { quoteState.query = value; update(); }, 'quote-search'), choice('Kind', [['', 'any'], ['direct', 'direct'], ['indirect', 'indirect'], ['mixed', 'mixed']], quoteState.kind, value => { quoteState.kind = value; update(); })), count, list)];
  },
  one(at) {
    const mine = quotes.filter(q => q.speaker === at).sort((x, y) => (articles[x.article].day || '9') < (articles[y.article].day || '9') ? -1 : 1);
    const about = tally(mine.flatMap(q => q.statements.map(s => statements[s].theme)).filter(theme => theme !== null));
    const told = tally(mine.flatMap(q => [...new Set(q.statements.flatMap(s => statements[s].narratives))])).map(([n]) => narratives[n]);
    return [back(link('quotes', 'Quotes')), element('h1', {dir: 'auto'}, speakers[at]),
      element('p', {class: 'lead'}, dotted(plural(mine.length, 'quotation'), plural(new Set(mine.map(q => q.article)).size, 'article'), span(mine.map(q => articles[q.article].day)))),
      about.length ? element('p', {}, dotted(about.slice(0, 5).map(([theme]) => themeLink(theme)))) : null,
      element('div', {class: 'columns'}, section('By outlet', bars('By outlet', tally(mine, q => articles[q.article].outlet).map(([o, n]) => [o === null ? 'outlet not given' : own(outlets[o]), n]), {count: 'quotations'})),
        section('Over time', history(mine.map(q => [articles[q.article].day, 0]), [[0, 'quotations', '--bar']], {what: 'quotations'}))),
      told.length ? section('Narratives', paged(told, narrativeLine, {size: 5, label: 'Narratives'})) : null,
      section('In their words', paged(mine, quotation, {label: 'Quotations'}))];
  },
};
