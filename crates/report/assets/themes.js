// Themes: the tree, their share of each outlet, and one theme with what stands for it.

/** What the stability of a theme means, in words. */
function steadiness(theme) {
  if (theme.stability === null) return 'not measured';
  return theme.stability >= 0.75 ? 'firm' : theme.stability >= 0.6 ? 'fair' : 'doubtful';
}
const stabilityNote = 'Stability is how much of a theme comes back when the statements are sampled again, from 0 to 1: under 0.6 it is doubtful, and another sample may part its statements otherwise.';

views.themes = {
  name: 'Themes',
  show(at) {
    if (themes[at]) return this.one(themes[at]);
    if (!themes.length) return [element('h1', {}, 'Themes'), element('p', {}, 'Too few statements to form a theme.')];
    const unplaced = statements.filter(s => s.theme === null);
    const branch = list => element('ul', {}, list.map(theme => element('li', {}, element('div', {class: 'twig'}, themeLink(theme.at), element('span', {class: 'soft small number'}, number(theme.size)),
      spark(theme.statements.map(i => articleOf(i).day), themeColour(theme.at)), element('span', {class: 'soft small terms'}, steadiness(theme) === 'doubtful' ? [element('span', {class: 'tag'}, 'doubtful'), ' '] : null, own(theme.terms.slice(0, 6).join(', ')))),
      theme.children.length ? branch(theme.children.map(i => themes[i]).sort((a, b) => b.size - a.size)) : null)));
    return [element('h1', {}, 'Themes'),
      element('p', {class: 'lead'}, `${plural(topThemes.length, 'theme')}${themes.length > topThemes.length ? `, with ${number(themes.length - topThemes.length)} below them` : ''}. Each has its label, its statements, and the phrases that set it apart.`),
      element('div', {class: 'tree'}, branch(topThemes)),
      unplaced.length ? element('details', {}, element('summary', {}, `${plural(unplaced.length, 'statement')} that fit no theme`), paged(unplaced, s => described(s.at), {label: 'Statements without a theme'})) : null,
      element('p', {class: 'soft small'}, stabilityNote),
      section('Over time', history(statements.map(s => [articles[s.article].day, themeRank.has(s.top) ? s.top : null]), this.groups())),
      outlets.length > 1 ? section('What each outlet writes about', this.shares()) : null];
  },
  groups() {
    const own = [...themeRank.keys()].map(at => [at, themes[at].label, themeColour(at)]);
    return statements.some(s => !themeRank.has(s.top)) ? [...own, [null, own.length ? 'other or none' : 'statements', '--c-none']] : own;
  },
  /** Each top theme's share of each outlet's statements. */
  shares() {
    const columns = tally(statements, s => articles[s.article].outlet).slice(0, 8), counts = new Map(tally(statements, s => s.top + '|' + articles[s.article].outlet));
    return [table({caption: 'Share of the outlet’s statements', head: ['theme', ...columns.map(([at]) => at === null ? 'outlet not given' : own(outlets[at]))], numeric: columns.map((_, i) => i + 1),
      rows: topThemes.slice(0, 20).map(theme => [themeLink(theme.at), ...columns.map(([at, all]) => {
        const share = (counts.get(theme.at + '|' + at) || 0) / all;
        return element('span', {class: 'heat', style: `--heat:${Math.round(Math.min(1, share * 2.5) * 60)}%`}, share ? percent(share) : '–');
      })])}),
    element('p', {class: 'soft small'}, `Statements of the outlet in the theme, as a share of all its statements${outlets.length > 8 ? '; the eight outlets with the most statements' : ''}.`)];
  },
  /** The theme's rows of the table theme_timeline. */
  timeline(theme) {
    return theme.timeline && theme.timeline.length ? element('details', {class: 'numbers'}, element('summary', {}, 'Numbers by outlet'), table({caption: 'By period and outlet', unseen: true, head: ['period', 'outlet', 'statements', 'articles', 'share of the outlet’s'], numeric: [2, 3, 4],
      rows: theme.timeline.map(([period, outlet, count, told, share]) => [period || 'no date', outlet < 0 ? 'not given' : own(outlets[outlet]), number(count), number(told), percent(share)])})) : null;
  },
  one(theme) {
    const colour = themeColour(theme.at), places = theme.statements, days = places.map(i => articleOf(i).day);
    const said = new Map(tally(statements, s => articles[s.article].outlet));
    const told = tally(places.flatMap(i => statements[i].narratives)).map(([at]) => narratives[at]).sort((a, b) => b.articles - a.articles);
    const above = [];
    for (let at = theme.parent; at !== null; at = themes[at].parent) above.unshift(link('themes/' + at, own(themes[at].label)));
    return [back(link('themes', 'Themes'), ...above), element('h1', {dir: 'auto'}, swatch(colour), theme.label),
      element('p', {class: 'terms lead', dir: 'auto'}, theme.terms.join(' · ')),
      facts([['statements', number(theme.size)], ['articles', number(new Set(places.map(i => statements[i].article)).size)], ['outlets', number(new Set(places.map(outletKey).filter(o => o !== null)).size)],
        ['stability', theme.stability === null ? '–' : theme.stability.toFixed(2), steadiness(theme)], ['cohesion', theme.cohesion.toFixed(2), 'mean cosine to its centre'], theme.separation === null ? null : ['separation', theme.separation.toFixed(2), 'distance to the next theme']]),
      theme.note ? element('p', {class: 'note'}, theme.note, '. ', stabilityNote) : steadiness(theme) === 'doubtful' ? element('p', {class: 'note'}, stabilityNote) : null,
      element('p', {}, link('map/theme/' + theme.at, 'Show it on the map')),
      theme.children.length ? section('Within it', bars('Themes within it', theme.children.map(i => themes[i]).sort((a, b) => b.size - a.size).map(t => [element('a', {href: '#/themes/' + t.at}, own(t.label)), t.size, colour, own(t.terms.slice(0, 4).join(', '))]), {note: 'terms'})) : null,
      section('Statements that stand for it', element('ul', {class: 'rows cards'}, theme.representatives.map(i => element('li', {}, statement(i))))),
      element('div', {class: 'columns'},
        section('Over time', history(days.map(day => [day, 0]), [[0, 'statements', colour]]), this.timeline(theme)),
        section('By outlet', bars('By outlet', tally(places, outletKey).slice(0, 12).map(([at, n]) => [at === null ? 'outlet not given' : own(outlets[at]), n, colour, `${percent(n / said.get(at))} of its statements`]), {note: 'share'}))),
      told.length ? section('Narratives in it', paged(told, narrativeLine, {size: 6, label: 'Narratives'})) : null,
      section(`All ${plural(places.length, 'statement')}`, paged(places, i => statement(i), {size: 20, label: 'Statements'}))];
  },
};
