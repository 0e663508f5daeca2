// Colours of groups, the same in every view. The values stand in the style sheet, for dark and for light.
const COLOURS = 10;
const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const rank = (keys, at) => new Map(keys.slice(0, COLOURS).map((key, i) => [at ? at(key) : key, i]));
const themeRank = rank(topThemes.map(theme => theme.at));
const outletRank = rank(tally(articles.filter(a => a.outlet !== null), a => a.outlet).map(([outlet]) => outlet));

/** The name of a group's colour; grey where it has none of its own. */
const colourName = at => at === undefined || at === null ? '--c-none' : '--c' + at;
const themeColour = at => colourName(themeRank.get(topTheme(at)));
const outletColour = outlet => colourName(outletRank.get(outlet));
const swatch = name => element('i', {class: 'swatch', style: `background:var(${name})`, 'aria-hidden': 'true'});

/** A theme's label with its colour, as a link. */
const themeLink = at => element('a', {href: '#/themes/' + at, class: 'chip'}, swatch(themeColour(at)), own(themes[at].label));
