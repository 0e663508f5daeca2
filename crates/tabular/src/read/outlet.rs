//! The outlet by the address of an article.

use url::{Host, Url};

/// The registrable domain of an address: `example.co.uk` of `https://www.example.co.uk/news/1`, in the letters of its
/// language. None where the address has none, as a number or the name of a machine.
pub(crate) fn domain(address: &str) -> Option<String> {
    let address = address.trim();
    let parsed = match Url::parse(address) {
        Ok(parsed) if parsed.has_host() => parsed,
        // Addresses are often written without their scheme: www.example.com/news.
        _ if !address.split(['/', '?', '#']).next().unwrap_or_default().ends_with(':') => {
            let plain = address.trim_start_matches('/');
            let host = plain.split(['/', '?', '#']).next().unwrap_or_default();
            if !host.contains('.') || host.contains(|c: char| c.is_whitespace() || c == '@') {
                return None;
            }
            Url::parse(&format!("https://{plain}")).ok()?
        }
        _ => return None,
    };
    if !matches!(parsed.scheme(), "http" | "https") {
        return None;
    }
    let Some(Host::Domain(host)) = parsed.host() else { return None };
    let host = host.trim_end_matches('.');
    // A suffix that nobody registered, such as .local or .example, has no outlets but those of tests.
    let found = psl::domain(host.as_bytes())?;
    let name = std::str::from_utf8(found.as_bytes()).ok()?;
    let (readable, known) = idna::domain_to_unicode(name);
    Some(if known.is_ok() { readable } else { name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_registrable_domain() {
        for (address, outlet) in [
            ("http://edition.cnn.com/2017/02/07/politics/index.html", Some("cnn.com")),
            ("https://www.bbc.co.uk/news/1", Some("bbc.co.uk")),
            ("www.harbour.example/a?b=https://other.org", Some("harbour.example")),
            ("//news.harbour.example/a", Some("harbour.example")),
            ("https://harbour.example:8080/", Some("harbour.example")),
            ("https://паром.рф/новости", Some("паром.рф")),
            ("https://tengri.gov.kz/1", Some("tengri.gov.kz")),
            ("http://192.168.0.1/a", None),
            ("http://localhost/a", None),
            ("mailto:desk@harbour.example", None),
            ("desk@harbour.example", None),
            ("front page", None),
            ("", None),
        ] {
            assert_eq!(domain(address).as_deref(), outlet, "{address}");
        }
    }
}
