//! Boilerplate: what a page adds around an article and nobody reported.
//!
//! Precision comes first. A line is boilerplate only if all of it is accounted for by a closed form; a line
//! that merely mentions comments, cookies or a newsletter stays a statement. The forms stand in the lists of each
//! language; those of all languages count on every page.

pub(crate) mod agency;
pub(crate) mod between;
pub(crate) mod dateline;
pub(crate) mod inline;
mod line;
mod listed;
mod phrases;
mod recurring;

use agency::agency;
use dateline::is_date_word;
pub use listed::Listed;
pub use recurring::move_recurring;
pub use throughline_schema::BoilerplateKind;

use crate::languages::page::{self, Label, Sharing};
use crate::text::chars::{is_alphanumeric, is_invisible, is_letter};
use crate::text::fold::{fold, fold_char};

/// Longest line, in bytes, that can be boilerplate.
const LONGEST: usize = 300;

/// Whether a line is a date and nothing else. Beside a byline that is the page's, elsewhere it may be a letter's.
pub(crate) fn is_date(line: &str) -> bool {
    line.len() <= LONGEST && Stamp::read(line) == Stamp::Date
}

/// The kind of boilerplate that a trimmed line is, if it is any.
pub(crate) fn kind(line: &str) -> Option<BoilerplateKind> {
    if line.chars().all(is_ornament) {
        return Some(BoilerplateKind::Separator);
    }
    if line.len() > LONGEST {
        return None;
    }
    let plain = plain(line);
    let capital = line.chars().find(|&c| is_alphanumeric(c)).is_some_and(|c| !c.is_lowercase());
    phrases::whole(&plain)
        .filter(|_| capital && !line.ends_with('?'))
        .or_else(|| phrases::opening(&plain, line))
        .or_else(|| (capital && is_share_bar(&plain)).then_some(BoilerplateKind::Share))
        .or_else(|| is_menu(line).then_some(BoilerplateKind::Menu))
        .or_else(|| {
            line.split('|')
                .all(|part| Stamp::read(part.trim()) == Stamp::Page)
                .then_some(BoilerplateKind::Timestamp)
        })
        .or_else(|| is_byline(line).then_some(BoilerplateKind::Byline))
        .or_else(|| closing(line))
}

/// The kind of boilerplate that the last piece of a paragraph is: a credit after its last sentence.
pub(crate) fn closing(piece: &str) -> Option<BoilerplateKind> {
    if piece.len() > LONGEST {
        return None;
    }
    let picture = is_picture_credit(piece).then_some(BoilerplateKind::PhotoCredit);
    picture
        .or_else(|| phrases::closing(&plain(piece), piece))
        .or_else(|| credited(piece).map(|_| BoilerplateKind::Credit))
}

/// The agency that a line consists of: `Reuter`, `(AFP)`, `— AP`, `/ТАСС/`, `Source: Xinhua`, `© dpa`.
pub(crate) fn credited(line: &str) -> Option<&'static str> {
    let signs = |c: char| !is_alphanumeric(c);
    let name = line.trim_matches(signs);
    if name.len() > 64 {
        return None;
    }
    let bare = page::words()
        .behind_label(name, Label::Agency)
        .map_or(name, |rest| rest.trim_start_matches(|c: char| c == ':' || c.is_whitespace()));
    let (found, rest) = agency(bare)?;
    // A year may follow the name, nothing else.
    rest.trim_matches(signs).chars().all(|c| c.is_ascii_digit()).then_some(found)
}

/// `REUTERS/Jane Doe`, `AP Photo/Jane Doe`, `Jane Doe / AFP via Getty Images`.
fn is_picture_credit(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' ' | '.'));
    bare.len() <= 120
        && !bare.contains(". ")
        && bare.split_once('/').is_some_and(|(left, right)| phrases::signs_picture(left, right, is_name_list))
}

/// `By Jane Doe and John Roe, Associated Press Writer`.
fn is_byline(line: &str) -> bool {
    let bare = line.trim_end_matches(['.', '|', ' ', '—', '-']);
    let names = page::words().behind_label(bare, Label::Byline).and_then(|rest| rest.strip_prefix(' '));
    let Some(names) = names else { return false };
    let (names, _outlet) = names.split_once([',', '|', '—', '–']).unwrap_or((names, ""));
    names.len() <= 80 && is_name_list(names)
}

/// Names of two to four capitalised words, joined by commas, `and` or `&`.
fn is_name_list(names: &str) -> bool {
    let words = page::words();
    let mut count = 0;
    for part in names.split(['&', ',', ';']) {
        let part: Vec<&str> = part.split_whitespace().collect();
        for name in part.split(|word| words.joins_names(word)) {
            let capitals = name.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
            let clean = name.iter().all(|w| {
                words.is_name_particle(w)
                    || w.starts_with(char::is_uppercase)
                        && w.chars().all(|c| is_letter(c) || "-'’.".contains(c))
            });
            if !clean || !(2..=4).contains(&capitals) || name.len() > 5 {
                return false;
            }
            count += 1;
        }
    }
    count > 0
}

/// A row of links: `Home | World | Politics`, `Главная › Новости › Казахстан`.
fn is_menu(line: &str) -> bool {
    let bars = ['|', '·', '•', '»', '›', '>', '→'];
    // A line that starts with the sign is a list.
    let Some(bar) = bars.into_iter().find(|&bar| line.matches(bar).count() >= 2 && !line.starts_with(bar))
    else {
        return false;
    };
    line.split(bar).map(str::trim).filter(|item| !item.is_empty()).all(|item| {
        item.split_whitespace().count() <= 3
            && !item.ends_with(['.', '!', '?', ',', ':', ';'])
            && !item.chars().any(|c| c.is_ascii_digit())
            && item.chars().any(is_letter)
    })
}

/// Two or more names of networks, or one with a verb of sharing.
fn is_share_bar(plain: &str) -> bool {
    let (mut networks, mut verbs, mut fillers) = (0, 0, 0);
    for word in plain.split(|c: char| !is_alphanumeric(c) && c != '-').filter(|w| !w.is_empty()) {
        match page::words().sharing(word) {
            Some(Sharing::Network) => networks += 1,
            Some(Sharing::Verb) => verbs += 1,
            Some(Sharing::Filler) => fillers += 1,
            None => return false,
        }
    }
    (networks >= 2 && fillers <= 3 * networks)
        || (verbs >= 1 && (networks >= 1 || verbs >= 2 || fillers == 0 || fillers >= 2))
}

/// What a line says of dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stamp {
    /// When the page appeared: a date with a label or a time of day.
    Page,
    /// A date and nothing else.
    Date,
    /// Other words.
    No,
}

impl Stamp {
    fn read(line: &str) -> Self {
        let words = page::words();
        let label = words.behind_label(line, Label::Time);
        let body = label.unwrap_or(line);
        let breaks =
            |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•' | '-' | '–' | '—');
        let (mut numbers, mut names, mut clock) = (0, 0, false);
        for token in body.split(breaks) {
            let token = token.trim_matches(['.', ':', ';']);
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                let lower = fold(token);
                let tail = lower.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, '.' | ':' | '/' | 't' | 'z' | '+')
                });
                if !tail.is_empty() && !words.follows_figure(tail) {
                    return Self::No;
                }
                clock |= token.contains(':') || words.is_half_day(tail);
                numbers += 1 + token.matches(['.', '/']).count();
            } else if is_date_word(token) {
                names += 1;
            } else if !token.is_empty() {
                return Self::No;
            }
        }
        let dated = numbers >= 2 && names >= 1 || numbers >= 3;
        match (label, clock) {
            (Some(_), _) if numbers > 0 => Self::Page,
            (_, true) if dated || names > 0 => Self::Page,
            (None, false) if dated => Self::Date,
            _ => Self::No,
        }
    }
}

/// Lower case, numbers as `0`, words one space apart, without signs at either end.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut gap = false;
    for c in line.trim_matches(|c: char| !is_alphanumeric(c)).chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if gap {
            plain.push(' ');
            gap = false;
        }
        if !c.is_ascii_digit() {
            plain.push(fold_char(c));
        } else if !plain.ends_with('0') {
            plain.push('0');
        }
    }
    plain
}

/// Signs of which rules and ornaments between sections are made.
fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '-' | '–'
            | '—'
            | '='
            | '_'
            | '*'
            | '~'
            | '#'
            | '|'
            | '+'
            | '·'
            | '•'
            | '●'
            | '■'
            | '◆'
            | ')'
            | '('
    ) || c.is_whitespace()
        || c.is_control()
        || is_invisible(c)
}
