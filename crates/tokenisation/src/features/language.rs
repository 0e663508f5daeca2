//! Which pack and which conventions a language tag calls for.

use crate::languages::{self, Convention, Pack};
use crate::text::language::{UNDETERMINED, guess, primary};

/// What the tag of a text says about how to read it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub pack: &'static Pack,
    pub convention: Convention,
    /// Whether `07/03/2024` is the third of July.
    pub month_first: bool,
}

impl Reading {
    /// From a BCP 47 tag; what the tag leaves open is read off the letters of `text`.
    pub(super) fn of(tag: &str, text: &str) -> Self {
        let known = primary(tag);
        let primary = if known == UNDETERMINED { guess(text) } else { known };
        let pack = languages::own(primary);
        let region = tag.split(['-', '_']).skip(1).find(|p| p.len() == 2).unwrap_or_default();
        let convention = languages::convention(primary, region);
        // Only some regions of a language that puts the month first write it so in figures.
        let month_first = pack.settings.month_first && languages::writes_month_first(region);
        Self { pack, convention, month_first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::Decimal;

    #[test]
    fn tags_and_scripts() {
        assert_eq!(Reading::of("en-GB", "").pack.tag(), "en");
        assert!(!Reading::of("en-GB", "").month_first);
        assert!(Reading::of("en-US", "").month_first);
        assert_eq!(Reading::of("eng", "").pack.tag(), "en");
        assert_eq!(Reading::of("und", "Не так").pack.tag(), "ru");
        assert_eq!(Reading::of("", "Қазақстан").pack.tag(), "kk");
        assert_eq!(Reading::of("de", "").convention.decimal, Decimal::Comma);
        assert_eq!(Reading::of("es-MX", "").convention.decimal, Decimal::Point);
        assert!(Reading::of("nl", "").convention.dot_thousands);
        assert_eq!(Reading::of("und", "12").convention.decimal, Decimal::Unknown);
    }
}
