//! From code points, in which tables count, to UTF-16 units, in which the page's script does.

/// Where each code point of a text begins.
pub(super) struct Units {
    /// UTF-16 units before each code point, and in all; empty where each code point is one unit.
    before: Vec<u32>,
}

impl Units {
    pub(super) fn of(text: &str) -> Self {
        // A code point of two units is one of four bytes, and those begin with 0xf0 or more.
        if !text.bytes().any(|byte| byte >= 0xf0) {
            return Self { before: Vec::new() };
        }
        let mut sum = 0;
        let mut before: Vec<u32> = Vec::with_capacity(text.len());
        for c in text.chars() {
            before.push(sum);
            sum += c.len_utf16() as u32;
        }
        before.push(sum);
        Self { before }
    }

    /// Units before code point `at`; those of the whole text where it has fewer.
    pub(super) fn before(&self, at: usize) -> u32 {
        if self.before.is_empty() {
            return at as u32;
        }
        self.before[at.min(self.before.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_point_beyond_the_first_plane_is_two_units() {
        for text in ["plain", "Россия — «да»", "a😀b𝔘é", ""] {
            let units = Units::of(text);
            for at in 0..=text.chars().count() {
                let before: String = text.chars().take(at).collect();
                assert_eq!(units.before(at) as usize, before.encode_utf16().count(), "{text} {at}");
            }
        }
    }
}
