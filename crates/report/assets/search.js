// What stands anywhere with some words in it.
views.search = {
  show(query = '') {
    const asked = query.trim(), low = asked.toLowerCase(), has = text => text.toLowerCase().includes(low);
    if (!asked) return [element('h1', {}, 'Search'), element('p', {}, 'Type some words in the field at the top.')];
    const hits = found(asked), claims = narratives.filter(n => has(n.label)), fitting = themes.filter(theme => has(theme.label) || theme.terms.some(has));
    const people = speakers.flatMap((name, at) => has(name) ? [at] : []), headlines = articles.filter(a => has(titleOf(a)));
    return [element('h1', {}, 'Found with “', own(asked), '”'),
      element('p', {class: 'lead', id: 'hits', role: 'status'}, dotted(plural(hits.length, 'statement'), plural(claims.length, 'narrative'), plural(fitting.length, 'theme'), plural(people.length, 'speaker'), plural(headlines.length, 'headline'))),
      fitting.length ? section('Themes', element('p', {}, dotted(fitting.slice(0, 30).map(theme => themeLink(theme.at))))) : null,
      people.length ? section('Speakers', element('p', {}, dotted(people.slice(0, 30).map(at => link('quotes/' + at, own(speakers[at])))))) : null,
      claims.length ? section('Narratives', paged(claims, narrativeLine, {size: 5, label: 'Narratives'})) : null,
      headlines.length ? section('Articles', paged(headlines, a => articleLine(a.at), {size: 8, label: 'Articles'})) : null,
      hits.length ? section('Statements', element('p', {}, element('button', {type: 'button', onclick: () => { Object.assign(mapState, {query: asked, picked: [], only: null, at: null}); location.hash = '#/map'; }}, 'Show them on the map')),
        paged(hits, at => statement(at, {body: highlighted(textOf(at), asked)}), {label: 'Statements'})) : null];
  },
};
