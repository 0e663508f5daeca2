//! From the tokens of a sentence to attributions: which words, by which cue, from whom.

use std::ops::Range;

use super::{
    lexicon::{Class, Form, Frame},
    source,
    token::{Kind, Token},
};

/// Words with their cue and source, as ranges of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// What was said; more than one range where the cue interrupts it.
    pub content: Vec<Range<usize>>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Who said it.
    pub source: Option<Range<usize>>,
}

/// The attributions of one sentence, `tokens[sentence]`, in the order of their cues.
pub(super) fn of_sentence(tokens: &[Token], sentence: Range<usize>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    let end = trimmed_end(tokens, &sentence);
    let mut covered = sentence.start;
    for verb in sentence.start..end {
        if verb < covered {
            continue;
        }
        if let Some(found) = at_cue(tokens, sentence.start..end, verb, out.last()) {
            covered = found.content.iter().map(|c| c.end).max().unwrap_or(verb).max(verb + 1);
            out.push(found);
        }
    }
    out
}

/// The sentence's end without its final punctuation.
fn trimmed_end(tokens: &[Token], sentence: &Range<usize>) -> usize {
    let mut end = sentence.end;
    while end > sentence.start && matches!(tokens[end - 1].kind, Kind::Punct('.' | '?' | '!')) {
        end -= 1;
    }
    end
}

fn at_cue(
    tokens: &[Token],
    sentence: Range<usize>,
    verb: usize,
    last: Option<&Attribution>,
) -> Option<Attribution> {
    let token = &tokens[verb];
    if token.has(Class::ACCORDING) && tokens.get(verb + 1).is_some_and(|t| t.has(Class::PREPOSITION)) {
        return according(tokens, sentence, verb);
    }
    let cue = token.cue?;
    // The words that the cue may attribute backwards end here.
    let inverted = verb > sentence.start && ends_content(tokens, sentence.start, verb);
    if inverted
        && cue.says()
        && cue.form != Form::Participle
        && let Some(source) = source::right(tokens, verb + 1, sentence.end)
    {
        let mut content = vec![before(tokens, sentence.start, verb)];
        content.extend(resumed(tokens, source.end, sentence.end));
        return Some(Attribution { content, cue: Some(verb..verb + 1), source: Some(source) });
    }
    let (source, cue_start) = match source::left(tokens, sentence.start, verb) {
        Some(left) if cue.form != Form::Participle => (Some(left.source), left.cue),
        _ if cue.form == Form::Participle && verb > sentence.start && tokens[verb - 1].is(',') => {
            (last.and_then(|l| l.source.clone()), verb)
        }
        _ => return None,
    };
    let start = source.as_ref().map_or(cue_start, |s| s.start.min(cue_start));
    let postposed = start > sentence.start
        && ends_content(tokens, sentence.start, start)
        && cue.says()
        && closes(tokens, verb + 1, sentence.end);
    if postposed {
        let mut content = vec![before(tokens, sentence.start, start)];
        content.extend(resumed(tokens, verb + 1, sentence.end));
        return Some(Attribution { content, cue: Some(cue_start..verb + 1), source });
    }
    let after = after(tokens, verb + 1, sentence.end, cue.frame)?;
    Some(Attribution { content: vec![after.1], cue: Some(cue_start..after.0), source })
}

/// Whether a quotation, or a comma with words before it, stands just before `at`.
fn ends_content(tokens: &[Token], from: usize, at: usize) -> bool {
    let token = &tokens[at - 1];
    token.quote().is_some() || (token.is(',') || token.is('?') || token.is('!')) && at > from + 1
}

/// The content that ends just before `at`: the quotation alone where it is a sentence by itself.
fn before(tokens: &[Token], from: usize, at: usize) -> Range<usize> {
    let mut end = at;
    if tokens[end - 1].is(',') {
        end -= 1;
    }
    if end > from && tokens[end - 1].quote().is_some() {
        let mut start = end - 1;
        while start > from && tokens[start - 1].quote().is_some() {
            start -= 1;
        }
        if start > from
            && (tokens[start - 1].is(',') || tokens[start - 1].is(':') || tokens[start - 1].is_dash())
        {
            return start..end;
        }
    }
    from..end
}

/// Whether nothing that could be content follows: the end, a comma, a preposition, a time.
fn closes(tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|_| at < end) else { return true };
    matches!(token.kind, Kind::Punct(',' | ':' | ';' | '.' | '—' | '–' | '-') | Kind::Quote(_))
        || token.has(Class::PREPOSITION | Class::TIME | Class::ADVERB | Class::CONJUNCTION)
        || token.has(Class::SUBORDINATOR) && !token.has(Class::RELATIVE)
        || token.has(Class::OBJECT)
}

/// Content that goes on after the attribution: a quotation, or words after a comma.
fn resumed(tokens: &[Token], from: usize, end: usize) -> Option<Range<usize>> {
    let quote = (from..end).find(|&k| tokens[k].quote().is_some())?;
    let direct = quote > from
        && matches!(tokens[quote - 1].kind, Kind::Punct(',' | ':' | '.' | ';' | '—' | '–' | '-'));
    direct.then_some(quote..quote + 1)
}

/// The end of the cue and the content after it.
fn after(tokens: &[Token], from: usize, end: usize, frame: Frame) -> Option<(usize, Range<usize>)> {
    let mut at = from;
    let mut cue_end = from;
    if frame == Frame::Tell || frame == Frame::Say {
        // An addressee, a place or a time may stand before the content.
        let reach = end.min(from + 16);
        if let Some(quote) = (from..reach).find(|&k| tokens[k].quote().is_some())
            && quote > from
            && matches!(tokens[quote - 1].kind, Kind::Punct(',' | ':'))
        {
            return Some((from, quote..end));
        }
        if tokens.get(at).is_some_and(|t| t.is(':') || t.is(',')) && at + 1 < end {
            if tokens[at].is(',') && tokens[at + 1].quote().is_none() {
                return None;
            }
            cue_end += usize::from(tokens[at].is(':'));
            at += 1;
        }
        if frame == Frame::Tell && at < end && tokens[at].quote().is_none() {
            let stop = (at..reach).find(|&k| {
                tokens[k].has(Class::SUBORDINATOR)
                    || tokens[k].quote().is_some()
                    || k > at && tokens[k].has(Class::PRONOUN)
            })?;
            at = stop;
        }
    }
    let stop = end_of_content(tokens, at, end, frame);
    (stop > at).then_some((cue_end, at..stop))
}

/// Where content that starts at `from` stops.
fn end_of_content(tokens: &[Token], from: usize, end: usize, frame: Frame) -> usize {
    if tokens.get(from).is_some_and(|t| t.quote().is_some()) && from + 1 < end && tokens[from + 1].is(',') {
        return from + 1;
    }
    let says = matches!(frame, Frame::Say | Frame::Tell);
    for k in from + 1..end {
        let token = &tokens[k];
        if token.is(',') && k + 1 < end {
            let next = &tokens[k + 1];
            let breaks = next.has(Class::BUT) || next.cue.is_some_and(|c| c.form == Form::Participle);
            if breaks || !says {
                return k;
            }
        }
    }
    end
}

/// `According to S, C` and `C, according to S`.
fn according(tokens: &[Token], sentence: Range<usize>, at: usize) -> Option<Attribution> {
    let source = source::right(tokens, at + 2, sentence.end)?;
    let content = if at > sentence.start + 1 {
        let mut end = at;
        if tokens[end - 1].is(',') {
            end -= 1;
        }
        sentence.start..end
    } else {
        let start = source.end + usize::from(tokens.get(source.end).is_some_and(|t| t.is(',')));
        start..sentence.end
    };
    (!content.is_empty()).then(|| Attribution {
        content: vec![content],
        cue: Some(at..at + 2),
        source: Some(source),
    })
}
