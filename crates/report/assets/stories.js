// Stories: articles on one event, and what pairs of articles are to each other.

const relationNames = {reprint: 'reprint', rewrite: 'rewrite', same_story: 'same story', shared_narrative: 'shared narrative'};
const pairsOf = articles.map(() => []);
for (const pair of pairs) { pairsOf[pair.a].push(pair); pairsOf[pair.b].push(pair); }
const storyState = {query: '', relation: ''};

/** An article in a line. */
const articleLine = at => [element('a', {href: '#/articles/' + at}, own(titleOf(articles[at]))), ' ', soft(dotted(own(outletOf(articles[at])), articles[at].day, articles[at].wire ? element('span', {}, 'wire: ', own(articles[at].wire)) : null))];

/** Pairs of articles with the way to set them side by side. */
function pairTable(list, caption) {
  const render = pair => [
    element('div', {class: 'pair-line'}, element('span', {class: 'tag'}, relationNames[pair.relation] || unescored(pair.relation)), ' ', element('a', {href: `#/stories/pair/${pair.a}/${pair.b}`}, 'side by side'), ' ',
      soft(dotted(`score ${pair.score.toFixed(2)}`, `${percent(pair.aInB)} of the first in the second`, `${percent(pair.bInA)} of the second in the first`, pair.passages.length ? plural(pair.passages.length, 'shared passage') : null))),
    element('div', {}, articleLine(pair.a), pair.first === pair.a ? element('span', {class: 'tag'}, 'first') : null), element('div', {}, articleLine(pair.b), pair.first === pair.b ? element('span', {class: 'tag'}, 'first') : null)];
  return paged(list, render, {size: 20, label: caption});
}

views.stories = {
  name: 'Stories',
  show(what, a, b) {
    if (what === 'pair' && articles[a] && articles[b] && a !== b) return sideBySide(Number(a), Number(b));
    if (stories[what]) return this.one(stories[what], Number(what));
    const list = element('div', {}), across = element('div', {}), count = element('p', {class: 'soft', role: 'status'});
    const apart = pairs.filter(p => articles[p.a].story !== articles[p.b].story || articles[p.a].story === null), kinds = tally(apart, p => p.relation);
    const update = () => {
      const asked = storyState.query.trim().toLowerCase(), fits = at => !asked || titleOf(articles[at]).toLowerCase().includes(asked) || outletOf(articles[at]).toLowerCase().includes(asked);
      const kept = stories.map((story, i) => i).filter(i => stories[i].articles.some(fits));
      count.textContent = `${plural(kept.length, 'story', 'stories')} of at least two articles; ${plural(articles.length - stories.reduce((sum, s) => sum + s.articles.length, 0), 'article')} alone`;
      list.replaceChildren(...paged(kept, i => this.line(i), {size: 20, label: 'Stories'}));
      const rest = apart.filter(p => (!storyState.relation || p.relation === storyState.relation) && (fits(p.a) || fits(p.b))).sort((x, y) => Math.max(y.aInB, y.bInA) - Math.max(x.aInB, x.bInA) || y.score - x.score);
      across.replaceChildren(...pairTable(rest, 'Pairs across stories'));
    };
    update();
    return [element('h1', {}, 'Stories'), element('p', {class: 'lead'}, 'Articles on one event, and how they are related.'),
      element('div', {class: 'tools'}, field('With these words in a headline or an outlet', storyState.query, value => { storyState.query = value; update(); }, 'story-search')), count, list,
      apart.length ? section('Pairs across stories', element('div', {class: 'tools'}, choice('Relation', [['', 'any'], ...kinds.map(([kind, n]) => [kind, `${relationNames[kind] || kind} (${number(n)})`])], storyState.relation, value => { storyState.relation = value; update(); })), across) : null];
  },
  line(i) {
    const story = stories[i], days = story.articles.map(at => articles[at].day), kinds = tally(pairs.filter(p => articles[p.a].storyAt === i && articles[p.b].storyAt === i), p => p.relation);
    return element('div', {class: 'line'}, element('a', {href: '#/stories/' + i, class: 'claim', dir: 'auto'}, titleOf(articles[story.articles[0]])), spark(days, '--bar'),
      element('div', {class: 'small soft'}, dotted(plural(story.articles.length, 'article'), plural(new Set(story.articles.map(at => articles[at].outlet)).size, 'outlet'), span(days), kinds.filter(([kind]) => kind !== 'same_story').map(([kind, n]) => plural(n, relationNames[kind] || kind)))));
  },
  one(story, at) {
    const inside = pairs.filter(p => articles[p.a].storyAt === at && articles[p.b].storyAt === at), days = story.articles.map(i => articles[i].day);
    const told = tally(story.articles.flatMap(i => [...new Set(articles[i].statements.flatMap(s => statements[s].narratives))])).map(([n]) => narratives[n]);
    return [back(link('stories', 'Stories')), element('h1', {dir: 'auto'}, titleOf(articles[story.articles[0]])),
      element('p', {class: 'lead'}, dotted(plural(story.articles.length, 'article'), span(days), link('map/story/' + at, 'Show it on the map'))),
      section('When and where', lanes(story.articles.map(i => ({day: articles[i].day, outlet: outletOf(articles[i]), route: 'articles/' + i, kind: 'telling', label: titleOf(articles[i])})), 'When each outlet told it')),
      section('Articles', element('ul', {class: 'rows'}, story.articles.map(i => element('li', {}, articleLine(i))))),
      inside.length ? section('Pairs', pairTable(inside, 'Pairs of the story')) : null,
      told.length ? section('Narratives in it', paged(told, narrativeLine, {size: 8, label: 'Narratives'})) : null];
  },
};
