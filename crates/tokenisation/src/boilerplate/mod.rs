//! Boilerplate: what a page adds around an article and nobody reported.
//!
//! Precision comes first. A line is boilerplate only if all of it is accounted for by a closed form; a line
//! that merely mentions comments, cookies or a newsletter stays a statement. Forms are known in English,
//! Russian and Kazakh.

pub(crate) mod agency;
pub(crate) mod dateline;
mod line;
mod listed;
mod phrases;
mod recurring;

use agency::agency;
use dateline::is_date_word;
pub use listed::Listed;
pub use recurring::move_recurring;
pub use throughline_schema::BoilerplateKind;

use crate::text::chars::{is_alphanumeric, is_letter};
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
    if is_photo_credit(piece) {
        return Some(BoilerplateKind::PhotoCredit);
    }
    (credited(piece).is_some() || is_sign_off(piece)).then_some(BoilerplateKind::Credit)
}

/// The agency that a line consists of: `Reuter`, `(AFP)`, `— AP`, `/ТАСС/`, `Source: Xinhua`, `© dpa`.
pub(crate) fn credited(line: &str) -> Option<&'static str> {
    let signs = |c: char| !is_alphanumeric(c);
    let name = line.trim_matches(signs);
    if name.len() > 64 {
        return None;
    }
    let bare =
        ["Source", "Via", "From", "Agency", "Agencies", "Источник", "По материалам", "Дереккөз", "Дереккөзі"]
            .iter()
            .find_map(|label| name.strip_prefix(label))
            .map_or(name, |rest| rest.trim_start_matches(|c: char| c == ':' || c.is_whitespace()));
    let (found, rest) = agency(bare)?;
    // A year may follow the name, nothing else.
    rest.trim_matches(signs).chars().all(|c| c.is_ascii_digit()).then_some(found)
}

/// `(Reporting by A; Editing by B)`, `A contributed to this report.`
fn is_sign_off(line: &str) -> bool {
    let bare = line.trim_start_matches(['(', '[', '*', ' ', '—', '-']);
    let opens = [
        "Reporting by ",
        "Additional reporting by ",
        "Writing by ",
        "Editing by ",
        "Edited by ",
        "Compiled by ",
        "With inputs from ",
        "With reporting by ",
        "With files from ",
        "With additional reporting",
    ];
    let ends = ["contributed to this report", "contributed to this story", "contributed to this article"];
    let tail = line.trim_end_matches(['.', ')', ' ']);
    opens.iter().any(|form| bare.starts_with(form)) || ends.iter().any(|form| tail.ends_with(form))
}

/// `REUTERS/Jane Doe`, `AP Photo/Jane Doe`, `Jane Doe / AFP via Getty Images`.
fn is_photo_credit(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' ' | '.'));
    if bare.len() > 120 || bare.contains(". ") {
        return false;
    }
    // "Photo: Ann Lee" behind a caption, not made a sentence by a full stop.
    let labels = ["Photo:", "Photos:", "Photograph:", "Image:", "Picture:", "Фото:", "Сурет:"];
    if let Some(taker) =
        labels.iter().find_map(|label| bare.strip_prefix(label)).filter(|_| !line.ends_with('.'))
    {
        return !taker.trim().is_empty() && taker.split_whitespace().count() <= 6;
    }
    if let Some((left, right)) = bare.split_once('/') {
        let left = left.trim().trim_end_matches(" Photo").trim_end_matches(" PHOTO");
        let right = right.trim();
        let signed = |name: &str| agency(name).is_some_and(|(_, rest)| rest.is_empty());
        let last = right.rsplit('/').next().unwrap_or(right).trim();
        return (signed(left) && is_name_list(right))
            || (is_name_list(left)
                && (signed(right) || last.ends_with("Getty Images") || last.ends_with("Shutterstock")));
    }
    matches!(bare, "Getty Images" | "AP Photo" | "AFP PHOTO" | "Shutterstock" | "File photo" | "File Photo")
}

/// `By Jane Doe and John Roe, Associated Press Writer`.
fn is_byline(line: &str) -> bool {
    let bare = line.trim_end_matches(['.', '|', ' ', '—', '-']);
    let Some(names) =
        ["By ", "BY ", "Written by ", "Story by ", "Text by "].iter().find_map(|p| bare.strip_prefix(p))
    else {
        return false;
    };
    let (names, _outlet) = names.split_once([',', '|', '—', '–']).unwrap_or((names, ""));
    names.len() <= 80 && is_name_list(names)
}

/// Names of two to four capitalised words, joined by commas, `and` or `&`.
fn is_name_list(names: &str) -> bool {
    let mut count = 0;
    for name in names.split(" and ").flat_map(|n| n.split(['&', ',', ';'])) {
        let words: Vec<&str> = name.split_whitespace().collect();
        let particle = |w: &str| {
            matches!(w, "de" | "da" | "di" | "van" | "von" | "der" | "al" | "el" | "bin" | "la" | "le")
        };
        let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
        let clean = words.iter().all(|w| {
            particle(w)
                || w.starts_with(char::is_uppercase) && w.chars().all(|c| is_letter(c) || "-'’.".contains(c))
        });
        if !clean || !(2..=4).contains(&capitals) || words.len() > 5 {
            return false;
        }
        count += 1;
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
        match word {
            "facebook"
            | "twitter"
            | "x"
            | "whatsapp"
            | "telegram"
            | "linkedin"
            | "pinterest"
            | "reddit"
            | "email"
            | "e-mail"
            | "instagram"
            | "youtube"
            | "viber"
            | "vk"
            | "vkontakte"
            | "вконтакте"
            | "фейсбук"
            | "телеграм"
            | "одноклассники"
            | "tiktok"
            | "threads"
            | "bluesky"
            | "messenger"
            | "flipboard" => networks += 1,
            "share"
            | "tweet"
            | "pin"
            | "print"
            | "copy"
            | "поделиться"
            | "поделитесь"
            | "твитнуть"
            | "печать"
            | "распечатать"
            | "бөлісу"
            | "бөлісіңіз"
            | "link"
            | "ссылку"
            | "скопировать" => verbs += 1,
            "on" | "this" | "via" | "by" | "to" | "the" | "article" | "story" | "page" | "post" | "with"
            | "friends" | "в" | "с" | "на" | "новостью" | "друзьями" | "статьёй" | "статьей" | "or" | "и"
            | "жүйесінде" => fillers += 1,
            _ => return false,
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
        let labels = [
            "Published",
            "PUBLISHED",
            "Updated",
            "UPDATED",
            "Last updated",
            "Last modified",
            "Posted",
            "First published",
            "Опубликовано",
            "Обновлено",
            "Дата публикации",
            "Жарияланды",
            "Жаңартылды",
            "Жарияланған",
        ];
        let label = labels.iter().find_map(|label| line.strip_prefix(label));
        let body = label.unwrap_or(line);
        let breaks =
            |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•' | '-' | '–' | '—');
        let (mut numbers, mut words, mut clock) = (0, 0, false);
        for token in body.split(breaks) {
            let token = token.trim_matches(['.', ':', ';']);
            if token.starts_with(|c: char| c.is_ascii_digit()) {
                let lower = fold(token);
                let tail = lower.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, '.' | ':' | '/' | 't' | 'z' | '+')
                });
                if !matches!(tail, "" | "am" | "pm" | "st" | "nd" | "rd" | "th" | "h") {
                    return Self::No;
                }
                clock |= token.contains(':') || matches!(tail, "am" | "pm");
                numbers += 1 + token.matches(['.', '/']).count();
            } else if is_date_word(token) {
                words += 1;
            } else if !token.is_empty() {
                return Self::No;
            }
        }
        let dated = numbers >= 2 && words >= 1 || numbers >= 3;
        match (label, clock) {
            (Some(_), _) if numbers > 0 => Self::Page,
            (_, true) if dated || words > 0 => Self::Page,
            (None, false) if dated => Self::Date,
            _ => Self::No,
        }
    }
}

/// Lower case, digits as `#`, words one space apart, without signs at either end.
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
        } else if !plain.ends_with('#') {
            plain.push('#');
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
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
}
