//! Seconds for people; counts and bytes are written as indicatif does.

use std::time::Duration;

use indicatif::HumanDuration;

/// Seconds as a person says them: `0.4 s`, `12 seconds`, `3 minutes`. Short times keep a digit behind the point.
pub fn time(seconds: f64) -> String {
    match Duration::try_from_secs_f64(seconds) {
        Ok(long) if seconds >= 9.95 => HumanDuration(long).to_string(),
        _ => format!("{seconds:.1} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_keep_a_digit() {
        assert_eq!((time(0.44).as_str(), time(9.94).as_str()), ("0.4 s", "9.9 s"));
        assert_eq!((time(9.96).as_str(), time(600.0).as_str()), ("10 seconds", "10 minutes"));
    }
}
