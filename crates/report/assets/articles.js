// The articles, and one in full with what was found in it.
const articleState = {query: '', outlet: '', order: 'day'};
const articleOrders = {
  day: ['by date', (a, b) => (a.day || '9') < (b.day || '9') ? -1 : (a.day || '9') > (b.day || '9') ? 1 : a.at - b.at],
  outlet: ['by outlet', (a, b) => outletOf(a) < outletOf(b) ? -1 : outletOf(a) > outletOf(b) ? 1 : a.at - b.at],
  statements: ['most statements', (a, b) => b.statements.length - a.statements.length || a.at - b.at],
  title: ['by title', (a, b) => titleOf(a) < titleOf(b) ? -1 : titleOf(a) > titleOf(b) ? 1 : a.at - b.at],
};

views.articles = {
  name: 'Articles',
  show(at, here) {
    if (articles[at]) return this.one(articles[at], here === undefined ? null : Number(here));
    const list = element('div', {}), count = element('p', {class: 'soft', role: 'status'});
    const update = () => {
      const asked = articleState.query.trim().toLowerCase();
      const kept = articles.filter(a => (!articleState.outlet || String(a.outlet) === articleState.outlet) && (!asked || titleOf(a).toLowerCase().includes(asked) || a.text.toLowerCase().includes(asked))).sort(articleOrders[articleState.order][1]);
      count.textContent = plural(kept.length, 'article');
      list.replaceChildren(...paged(kept, a => [element('a', {href: '#/articles/' + a.at, class: 'claim', dir: 'auto'}, titleOf(a)),
        element('div', {class: 'small soft'}, dotted(own(outletOf(a)), a.day || (a.published ? own(a.published) : 'no date'), a.lang, a.wire ? element('span', {}, 'wire: ', own(a.wire)) : null, plural(a.statements.length, 'statement'), a.storyAt !== null ? element('a', {href: '#/stories/' + a.storyAt}, `story of ${number(stories[a.storyAt].articles.length)}`) : null, a.reason ? own(a.reason) : null))], {size: 50, label: 'Articles'}));
    };
    update();
    return [element('h1', {}, 'Articles'), element('div', {class: 'tools'}, field('With the words', articleState.query, value => { articleState.query = value; update(); }, 'article-search'),
      outlets.length ? choice('Outlet', [['', 'any'], ...outlets.map((name, i) => [String(i), name]), ...(articles.some(a => a.outlet === null) ? [['null', 'not given']] : [])], articleState.outlet, value => { articleState.outlet = value; update(); }) : null,
      choice('Order', Object.entries(articleOrders).map(([key, [name]]) => [key, name]), articleState.order, value => { articleState.order = value; update(); })), count, list];
  },
  /** The text as it was given: statements, and what stands around them, softer. */
  one(a, here) {
    const pieces = [];
    let from = 0;
    const between = to => { if (to > from) pieces.push(element('span', {class: 'around'}, a.text.slice(from, to))); };
    for (const at of a.statements) {
      const s = statements[at];
      between(s.start);
      from = Math.max(from, s.end);
      pieces.push(element('span', {class: ['said', s.kind === 2 ? 'heading' : '', s.narratives.length ? 'shared' : '', at === here ? 'here' : ''].filter(Boolean).join(' '), style: `--mark:var(${themeColour(s.theme)})`}, a.text.slice(s.start, s.end)),
        element('a', {class: 'pin', id: at === here ? 'here' : null, href: '#/' + routeOf(at), 'aria-current': at === here ? 'true' : null, 'aria-label': `Statement ${at - a.statements[0] + 1}${s.narratives.length ? ', in a narrative' : ''}`, title: 'What is known of this statement'}, String(at - a.statements[0] + 1)));
    }
    between(a.text.length);
    const told = [...new Set(a.statements.flatMap(at => statements[at].narratives))].map(n => narratives[n]).sort((x, y) => y.articles - x.articles);
    const inThemes = tally(a.statements.map(at => statements[at].top).filter(theme => theme !== null)), related = [...pairsOf[a.at]].sort((x, y) => y.score - x.score);
    const other = pair => pair.a === a.at ? pair.b : pair.a;
    return [back(link('articles', 'Articles'), a.storyAt !== null ? link('stories/' + a.storyAt, 'its story') : null), element('h1', {dir: 'auto'}, titleOf(a)),
      element('p', {class: 'soft'}, dotted(own(outletOf(a)), a.day || (a.published ? own(a.published) : null), a.lang, a.wire ? element('span', {}, 'wire: ', own(a.wire)) : null, a.url ? own(a.url) : null, link('map/article/' + a.at, 'Show it on the map'))),
      a.reason ? element('p', {class: 'note'}, own(a.reason)) : null,
      element('div', {class: 'reading'},
        element('div', {class: 'text', dir: 'auto', lang: /^[a-z]{2,3}(-|$)/i.test(a.lang) && a.lang !== 'und' ? a.lang : null}, pieces),
        element('aside', {'aria-label': 'What was found in it'},
          here !== null && statements[here] && statements[here].article === a.at ? element('section', {class: 'now', 'aria-label': 'This statement'}, this.known(here)) : element('p', {class: 'small soft'}, 'The number behind a statement tells what is known of it. Underlined: other articles make the same claim.'),
          inThemes.length ? section('Themes', bars('Themes of the article', inThemes.slice(0, 6).map(([theme, n]) => [themeLink(theme), n, themeColour(theme)]))) : null,
          related.length ? section('Related articles', paged(related, pair => [articleLine(other(pair)), element('div', {class: 'small'}, element('span', {class: 'tag'}, relationNames[pair.relation] || unescored(pair.relation)), ' ', link(`stories/pair/${a.at}/${other(pair)}`, 'side by side'), ' ', soft(`${percent(pair.a === a.at ? pair.aInB : pair.bInA)} of this one in it`))], {size: 5, label: 'Related articles'})) : null,
          told.length ? section('Narratives it tells', paged(told, narrativeLine, {size: 5, label: 'Narratives'})) : null))];
  },
  known(at) {
    const s = statements[at];
    return [element('h2', {}, `Statement ${at - articles[s.article].statements[0] + 1}`), described(at),
      s.narratives.length ? [element('h3', {}, 'The same claim elsewhere'), element('ul', {class: 'rows'}, s.narratives.map(n => element('li', {}, narrativeLine(narratives[n]))))] : null,
      s.twins.length ? [element('h3', {}, 'Nearly the same words'), paged(s.twins, twin => [statement(twin.at, {body: marked(textOf(twin.at), textOf(at))}), element('p', {class: 'source'}, `${unescored(twin.relation)}, score ${twin.score.toFixed(2)}`)], {size: 4, label: 'Near-duplicates'})] : null];
  },
};
