//! A written time as numbers, words and signs.

/// A piece of a written time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Digits as they stand.
    Number(String),
    /// Letters, in lower case.
    Word(String),
    /// Any other character but space.
    Sign(char),
}

/// A piece, and whether it stands right behind the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub piece: Piece,
    pub glued: bool,
}

impl Token {
    /// The digits of a number that has so many of them at most.
    pub(super) fn digits(&self, most: usize) -> Option<&str> {
        match &self.piece {
            Piece::Number(digits) if digits.len() <= most => Some(digits),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match &self.piece {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn sign(&self) -> Option<char> {
        match self.piece {
            Piece::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

/// The pieces of `text`. What stands in brackets, such as the name of a zone behind its offset, is left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut glued = false;
    let mut brackets = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => {}
            _ if c.is_whitespace() => glued = false,
            _ => {
                // Dashes of typography are dashes.
                let c = if matches!(c, '‐' | '‑' | '–' | '—' | '−') { '-' } else { c };
                push(&mut out, c, glued);
                glued = true;
            }
        }
    }
    out
}

fn push(out: &mut Vec<Token>, c: char, glued: bool) {
    let last = out.last_mut().filter(|_| glued).map(|token| &mut token.piece);
    match last {
        Some(Piece::Number(digits)) if c.is_ascii_digit() => return digits.push(c),
        Some(Piece::Word(word)) if c.is_alphabetic() => return word.extend(c.to_lowercase()),
        _ => {}
    }
    let piece = if c.is_ascii_digit() {
        Piece::Number(c.to_string())
    } else if c.is_alphabetic() {
        Piece::Word(c.to_lowercase().collect())
    } else {
        Piece::Sign(c)
    };
    out.push(Token { piece, glued });
}
