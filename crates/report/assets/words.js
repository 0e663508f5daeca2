// What two texts share, word by word.

/** The words of `text` and what stands between them. */
const piecesOf = text => text.match(/[\p{L}\p{M}\p{N}]+(?:[.,'’-][\p{L}\p{M}\p{N}]+)*|[^\p{L}\p{M}\p{N}]+/gu) || [];
const isWord = piece => /[\p{L}\p{N}]/u.test(piece);
/** Words that a comparison reads at most: it takes their product in time. */
const MOST = 500;

/** Which pieces of `pieces` stand, in this order, in `other` too: the longest common subsequence (Needleman, Wunsch 1970). A short word counts only beside another. */
function shared(pieces, other) {
  const a = pieces.flatMap((piece, at) => isWord(piece) ? [[piece.toLowerCase(), at]] : []).slice(0, MOST);
  const b = piecesOf(other).filter(isWord).map(word => word.toLowerCase()).slice(0, MOST);
  const wide = b.length + 1, length = new Uint16Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * wide + j] = a[i][0] === b[j] ? length[(i + 1) * wide + j + 1] + 1 : Math.max(length[(i + 1) * wide + j], length[i * wide + j + 1]);
    }
  }
  const both = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i][0] === b[j]) { both.push([i, j]); i++; j++; }
    else if (length[(i + 1) * wide + j] >= length[i * wide + j + 1]) i++;
    else j++;
  }
  const kept = both.filter(([i, j], k) => {
    const beside = (other, step) => other && other[0] === i + step && other[1] === j + step;
    return [...a[i][0]].length > 3 || /\d/.test(a[i][0]) || beside(both[k - 1], -1) || beside(both[k + 1], 1);
  });
  return new Set(kept.map(([i]) => a[i][1]));
}

/** `text` with what it shares with `other` marked, and the `differing` values marked otherwise. */
function marked(text, other, differing = []) {
  const pieces = piecesOf(text), same = other === null ? new Set() : shared(pieces, other), spots = [];
  for (const value of differing) {
    for (let at = value ? text.toLowerCase().indexOf(value.toLowerCase()) : -1; at >= 0; at = text.toLowerCase().indexOf(value.toLowerCase(), at + value.length)) spots.push([at, at + value.length]);
  }
  let at = 0;
  const kinds = pieces.map((piece, i) => {
    const from = at;
    at += piece.length;
    if (spots.some(([start, end]) => from < end && at > start)) return 'differs';
    return same.has(i) ? 'same' : '';
  });
  // What stands between two words of a kind is of that kind too.
  pieces.forEach((piece, i) => { if (!isWord(piece) && i && kinds[i - 1] === 'same' && kinds[i + 1] === 'same') kinds[i] = 'same'; });
  return runs(pieces, kinds);
}

/** Pieces of a kind put together, each kind in its mark. */
function runs(pieces, kinds) {
  const out = [];
  for (let i = 0; i < pieces.length;) {
    let end = i;
    while (end < pieces.length && kinds[end] === kinds[i]) end++;
    const text = pieces.slice(i, end).join('');
    out.push(kinds[i] ? element('mark', {class: kinds[i]}, text) : text);
    i = end;
  }
  return out;
}

/** `text` with every place of `query` marked. */
function highlighted(text, query) {
  const asked = query.trim().toLowerCase(), low = text.toLowerCase(), out = [];
  if (!asked || low.length !== text.length) return [text];
  let from = 0;
  for (let at = low.indexOf(asked); at >= 0; at = low.indexOf(asked, from)) {
    out.push(text.slice(from, at), element('mark', {class: 'hit'}, text.slice(at, at + asked.length)));
    from = at + asked.length;
  }
  return [...out, text.slice(from)];
}

/** `text[from, to]` with the spans that `of` gives marked as shared. */
function spanned(text, from, to, spans) {
  const out = [];
  let at = from;
  for (const [start, end] of spans.map(([start, end]) => [Math.max(start, from), Math.min(end, to)]).filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0])) {
    if (end <= at) continue;
    out.push(text.slice(at, Math.max(at, start)), element('mark', {class: 'same'}, text.slice(Math.max(at, start), end)));
    at = end;
  }
  return [...out, text.slice(at, to)].filter(part => part !== '');
}
