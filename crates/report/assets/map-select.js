// Choosing statements on the map: by a shape drawn around them, by the nearest point, by the arrow keys.

/** Whether a point lies inside a polygon of [x, y] (even-odd rule). */
function inside(x, y, polygon) {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, ay] = polygon[i], [bx, by] = polygon[j];
    if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Statements inside a polygon. */
const enclosed = ({xs, ys}, polygon) => statements.flatMap((_, i) => inside(xs[i], ys[i], polygon) ? [i] : []);

/** Statements that can be seen. */
const inView = ({xs, ys, width, height}) => statements.flatMap((_, i) => xs[i] >= 0 && ys[i] >= 0 && xs[i] <= width && ys[i] <= height ? [i] : []);

/** The statement nearest to a point, at most `reach` away; null where there is none. */
function nearestTo({xs, ys}, x, y, reach = 14) {
  let best = null, least = reach * reach;
  for (let i = 0; i < xs.length; i++) {
    const distance = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
    if (distance <= least) { least = distance; best = i; }
  }
  return best;
}

/** The next statement from `from` in a direction, near and straight ahead; `from` itself where there is none. */
function nextTowards({xs, ys}, from, [dx, dy]) {
  let best = from, least = Infinity;
  for (let i = 0; i < xs.length; i++) {
    const ahead = (xs[i] - xs[from]) * dx + (ys[i] - ys[from]) * dy, aside = Math.abs((xs[i] - xs[from]) * dy) + Math.abs((ys[i] - ys[from]) * dx);
    if (i === from || ahead < 0.5 || aside > ahead * 2) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) { least = cost; best = i; }
  }
  return best;
}

/** What is known of a statement, with the ways to go on. */
function described(at) {
  const s = statements[at];
  return statement(at, {notes: dotted(
    s.theme !== null ? themeLink(s.theme) : s.nearest !== null ? element('span', {}, 'no theme; nearest: ', themeLink(s.nearest)) : 'no theme',
    s.narratives.map(n => element('a', {href: '#/narratives/' + n}, `narrative of ${plural(narratives[n].articles, 'article')}`)))});
}

/** Statements as rows of a file: ids and places join it with the run's tables. */
function saveStatements(name, list) {
  const points = (text, at) => [...text.slice(0, at)].length;
  save(name, ['article_id', 'char_start', 'char_end', 'text', 'speaker', 'outlet', 'published', 'theme'], list.map(at => {
    const s = statements[at], a = articles[s.article];
    return [a.id, points(a.text, s.start), points(a.text, s.end), textOf(at), speakerOf(at), a.outlet === null ? '' : outlets[a.outlet], a.published, s.theme === null ? '' : themes[s.theme].label];
  }));
}
