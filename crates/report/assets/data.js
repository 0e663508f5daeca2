'use strict';
// The run's tables as `src/data` wrote them, unpacked: many rows of a kind are arrays there, -1 stands for nothing.
const raw = JSON.parse(document.getElementById('data').textContent);
const some = at => at === undefined || at < 0 ? null : at;
const {meta, themes, narratives, outlets, speakers, words} = raw;
const bundles = raw.bundles || [];

const articles = raw.articles.map(([id, title, outlet, published, lang, wire, url, file, story, reason, text, time], at) => ({
  at, id, title, outlet: some(outlet), published, lang, wire, url, file, story, reason, text, statements: [], day: dayOf(time),
}));
const statements = raw.statements.article.map((article, at) => {
  const of = column => raw.statements[column][at];
  const made = {at, article, start: of('start'), end: of('start') + of('length'), kind: of('kind'), theme: some(of('theme')), nearest: some(of('nearest')), speaker: some(of('speaker')), x: of('x') / 1000, y: of('y') / 1000, narratives: [], twins: []};
  articles[article].statements.push(at);
  return made;
});
themes.forEach((theme, at) => { Object.assign(theme, {at, parent: some(theme.parent), children: [], statements: []}); });
themes.forEach(theme => { if (theme.parent !== null) themes[theme.parent].children.push(theme.at); });
narratives.forEach((narrative, at) => {
  narrative.at = at;
  narrative.members = narrative.members.map(([statement, relation, score, sameText, copyOf]) => ({at: statement, relation: words[relation] || '', score, sameText, copyOf: some(copyOf)}));
  narrative.differences = narrative.differences.map(([kind, a, b, aValue, bValue]) => ({kind: words[kind], a, b, aValue, bValue}));
  for (const member of narrative.members) statements[member.at].narratives.push(at);
});
const pairs = raw.pairs.map(([a, b, relation, score, aInB, bInA, first, passages]) => ({a, b, relation: words[relation], score, aInB, bInA, first: some(first), passages: passages || []}));
const quotes = raw.quotes.map(([article, kind, speaker, ends, said, cue, source], at) => ({at, article, kind: ['direct', 'indirect', 'mixed'][kind], speaker: some(speaker), ends, statements: said, cue: cue || null, source: source || null}));
for (const [a, b, relation, score] of raw.duplicates) {
  statements[a].twins.push({at: b, relation: words[relation], score});
  statements[b].twins.push({at: a, relation: words[relation], score});
}

/** The theme at the top of the tree above theme `at`. */
function topTheme(at) {
  while (at !== null && themes[at].parent !== null) at = themes[at].parent;
  return at;
}
for (const s of statements) {
  s.top = topTheme(s.theme);
  for (let at = s.theme; at !== null; at = themes[at].parent) themes[at].statements.push(s.at);
}
const topThemes = themes.filter(theme => theme.parent === null).sort((a, b) => b.size - a.size || a.at - b.at);

/** The day of a time in ISO 8601; null for a month, a year and anything else. */
function dayOf(time) {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ]|$)/.exec((time || '').trim()), at = found ? Date.parse(found[1]) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(found[1]) ? found[1] : null;
}
const textOf = at => articles[statements[at].article].text.slice(statements[at].start, statements[at].end);
const articleOf = at => articles[statements[at].article];
const titleOf = a => a.title || a.file || a.id;
const outletOf = a => a.outlet === null ? 'outlet not given' : outlets[a.outlet];
const speakerOf = at => statements[at].speaker === null ? null : speakers[statements[at].speaker];
const routeOf = at => `articles/${statements[at].article}/${at}`;
/** What an outlet is told apart by, where articles without one count as one outlet. */
const outletKey = at => articleOf(at).outlet;

/** Lower-case texts of all statements, made when first asked for. */
let lowered = null;
function found(query) {
  const asked = query.trim().toLowerCase();
  if (!asked) return [];
  lowered = lowered || statements.map(s => textOf(s.at).toLowerCase());
  return lowered.flatMap((text, at) => text.includes(asked) ? [at] : []);
}

/** Counts of `of(item)`, most frequent first, ties by name. */
function tally(items, of = item => item) {
  const counts = new Map();
  for (const item of items) counts.set(of(item), (counts.get(of(item)) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1));
}

/** The stories of at least two articles, largest first. */
const stories = tally(articles.filter(a => a.story), a => a.story).filter(([, size]) => size > 1).map(([id]) => ({id, articles: []}));
{
  const at = new Map(stories.map((story, i) => [story.id, i]));
  for (const a of articles) {
    a.storyAt = at.has(a.story) ? at.get(a.story) : null;
    if (a.storyAt !== null) stories[a.storyAt].articles.push(a.at);
  }
  for (const story of stories) story.articles.sort((a, b) => (articles[a].day || '9') < (articles[b].day || '9') ? -1 : 1);
}
