//! Names: runs of capitalised words, told from words that only begin a sentence or stand in a headline.

use rustc_hash::FxHashSet;
use throughline_schema::TextFeatures;

use super::paragraph::Paragraph;
use super::units::is_plural;
use crate::languages::meaning::{Lexicon, Marks, Role};
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Lower-case words that may stand between two words of a name: "Bank of the West".
const PARTICLES: usize = 2;
/// Capitalised words that make a line a headline, where capitals prove nothing.
const HEADLINE: usize = 4;

/// Content words beside a name that tell in which place it stands.
const NEAREST: usize = 2;

/// A run of capitalised words.
struct Candidate {
    text: String,
    stems: Vec<u32>,
    /// Stems of the nearest content words.
    beside: Vec<u32>,
    /// Its place proves that it is a name; else another place must.
    sure: bool,
}

/// Collects the names of a whole text: what one paragraph leaves open, another may show.
#[derive(Default)]
pub(super) struct Names {
    candidates: Vec<Candidate>,
}

impl Names {
    /// Adds the candidates of one paragraph. Tokens in `taken` belong to dates and figures.
    pub(super) fn read(&mut self, p: &Paragraph<'_>, taken: &[bool]) {
        let mut at = 0;
        while at < p.tokens.len() {
            let end = (at + 1..p.tokens.len()).find(|next| p.tokens[*next].starts).unwrap_or(p.tokens.len());
            self.sentence(p, taken, at, end);
            at = end;
        }
    }

    fn sentence(&mut self, p: &Paragraph<'_>, taken: &[bool], from: usize, to: usize) {
        let content =
            p.tokens[from..to].iter().filter(|t| t.kind == Kind::Word && !t.meaning.is(Marks::STOP));
        let capitals = content.clone().filter(|t| t.capital).count();
        let first_is_small =
            p.tokens[from..to].iter().find(|t| t.kind == Kind::Word).is_some_and(|t| !t.capital);
        let titled = capitals >= HEADLINE && !first_is_small && content.clone().all(|t| t.capital);
        let shouts = content.clone().filter(|t| t.shout).count();
        let shouted = shouts > 1 && shouts * 2 > content.clone().count();
        let mut at = from;
        while at < to {
            if taken.get(at) == Some(&true) || !may_start(p, at) {
                at += 1;
                continue;
            }
            let end = run(p, at, to);
            self.add(p, at..end, titled || shouted, shouted);
            at = end;
        }
    }

    fn add(&mut self, p: &Paragraph<'_>, run: std::ops::Range<usize>, headline: bool, shouted: bool) {
        // "Russian President Vladimir Putin" is named by what follows the title.
        let title = run.clone().rev().find(|at| p.tokens[*at].meaning.is(Marks::TITLE));
        let from = match title {
            Some(title) if title + 1 < run.end => title + 1,
            Some(_) if run.len() == 1 => return,
            _ => run.start,
        };
        let capitals = || p.tokens[from..run.end].iter().filter(|t| t.kind == Kind::Word && t.capital);
        let text = p.span(from, run.end);
        let owner = ["'s", "’s"].iter().find_map(|end| text.strip_suffix(end));
        let text = owner.unwrap_or(text);
        if text.chars().nth(1).is_none() {
            return;
        }
        let first = &p.tokens[from];
        let acronym = first.shout && !shouted;
        // "Putin said", but "analysts said" and "police said".
        let speaks = p.get(run.end).is_some_and(|t| t.meaning.is(Marks::SPEECH)) && !is_plural(p, from);
        let proven = !first.opens || capitals().nth(1).is_some() || owner.is_some() || speaks || acronym;
        let sure = proven && (!headline || acronym);
        let stems = capitals().map(|t| p.words.get(t.word).stem).collect();
        let mut beside = p.around(from, run.end);
        beside.truncate(NEAREST);
        self.candidates.push(Candidate { text: text.to_owned(), stems, beside, sure });
    }

    /// Gives the text its names in order, each once, with the hashed stems of their words and of the country that they
    /// stand for, and of the words beside them.
    pub(super) fn finish(self, lexicon: &Lexicon, out: &mut TextFeatures) {
        let sure = self.candidates.iter().filter(|c| c.sure);
        let known: FxHashSet<u32> = sure.flat_map(|c| c.stems.iter().copied()).collect();
        let mut seen = FxHashSet::default();
        let candidates = self
            .candidates
            .into_iter()
            .filter(|c| c.sure || c.stems.iter().all(|stem| known.contains(stem)))
            .filter(|c| seen.insert(c.text.clone()));
        for mut candidate in candidates {
            candidate.stems.extend(lexicon.countries(&candidate.stems));
            out.names.push(candidate.text);
            out.name_stems.push(candidate.stems);
            out.name_places.push(candidate.beside);
        }
    }
}

fn may_start(p: &Paragraph<'_>, at: usize) -> bool {
    let token = &p.tokens[at];
    let plain = !matches!(token.meaning.role, Role::Month(_) | Role::Weekday(_) | Role::Cardinal(_));
    let title = token.meaning.is(Marks::HONORIFIC) && p.word(at) != "st";
    let function = (token.meaning.is(Marks::STOP) || title) && !token.shout;
    let verb = token.opens
        && (token.meaning.is(Marks::WEAK) || p.reading.pack.lexicon().ends(p.word(at), Ending::Verb));
    token.kind == Kind::Word && token.capital && plain && !function && !verb
}

/// The token after the name that starts at `from`.
fn run(p: &Paragraph<'_>, from: usize, limit: usize) -> usize {
    let goes_on = |at: usize| {
        p.get(at).is_some_and(|t| {
            at < limit
                && t.kind == Kind::Word
                && t.capital
                && !t.opens
                && !t.meaning.is(Marks::STOP)
                && !matches!(t.meaning.role, Role::Month(_) | Role::Weekday(_))
        })
    };
    let mut to = from + 1;
    loop {
        // A possessive ends a name: "Kazakhstan's Energy Ministry" names two.
        if p.word(to - 1).ends_with("'s") {
            return to;
        }
        let hyphen = matches!(p.symbol(to), Some('-' | '‑')) && p.glued(to) && p.glued(to + 1);
        let initial = p.symbol(to) == Some('.') && p.glued(to) && is_short(p, to - 1);
        let ampersand = p.symbol(to) == Some('&');
        let particles = (to..to + PARTICLES).take_while(|at| is_particle(p, *at)).count();
        let of = p.is(to, Marks::OF) && !p.tokens[to - 1].meaning.is(Marks::BODY);
        let owner = matches!(p.symbol(to), Some('’' | '\'')) && p.glued(to) && p.word(to - 1).ends_with('s');
        to = if goes_on(to) {
            to + 1
        } else if (hyphen || initial || ampersand || owner) && goes_on(to + 1) {
            to + 2
        } else if particles > 0 && !of && goes_on(to + particles) {
            to + particles + 1
        } else {
            return to;
        };
    }
}

fn is_particle(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at).is_some_and(|t| t.meaning.is(Marks::PARTICLE) && !t.capital)
}

/// An initial, an initialism, or a title that a full stop shortens.
fn is_short(p: &Paragraph<'_>, at: usize) -> bool {
    p.get(at)
        .is_some_and(|t| t.meaning.is(Marks::HONORIFIC) || p.slice(t).chars().nth(1).is_none_or(|c| c == '.'))
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    fn read(text: &str, lang: &str) -> Vec<String> {
        features(text, lang).names
    }

    #[test]
    fn runs_particles_titles_and_initials() {
        assert_eq!(
            read("Russian President Vladimir Putin met Kassym-Jomart Tokayev in St. Petersburg.", "en"),
            ["Vladimir Putin", "Kassym-Jomart Tokayev", "St. Petersburg"]
        );
        assert_eq!(
            read("the Bank of the West and U.S. Congress", "en"),
            ["Bank of the West", "U.S. Congress"]
        );
        assert_eq!(
            read("then Hanne Ostrander of Tamarra met the Metalworkers’ League", "en"),
            ["Hanne Ostrander", "Tamarra", "Metalworkers’ League"]
        );
        assert_eq!(read("Then J. K. Rowling saw AT&T's NATO desk", "en"), ["J. K. Rowling", "AT&T", "NATO"]);
        assert_eq!(read("Об этом заявил Людвиг ван Бетховен.", "ru"), ["Людвиг ван Бетховен"]);
    }

    #[test]
    fn a_capital_at_the_start_proves_nothing() {
        assert_eq!(read("Analysts doubt it. Later, analysts agreed.", "en"), [""; 0]);
        assert_eq!(read("Rosatom waits. They asked Rosatom.", "en"), ["Rosatom"]);
        assert_eq!(read("Experts said so. Police said more.", "en"), [""; 0]);
        assert_eq!(read("Putin said so on Monday in May.", "en"), ["Putin"]);
    }

    #[test]
    fn headlines_need_the_text() {
        assert_eq!(read("Kestrel Power Defends Unshakable Alliance", "en"), [""; 0]);
        assert_eq!(read("KESTREL INCOME UP 1.7 PCT IN FEBRUARY, as said", "en"), [""; 0]);
    }

    #[test]
    fn stems_join_cases_and_short_forms() {
        let read = features("Там был Владимир Путин. Ждали Путина.", "ru");
        assert_eq!(read.names, ["Владимир Путин", "Путина"]);
        assert!(read.name_stems[0].contains(&read.name_stems[1][0]));
    }
}
