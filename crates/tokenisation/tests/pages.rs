//! Boilerplate, datelines and agencies on made-up pages of many layouts, and what must not be taken for them.

use throughline_schema::{Article, ArticleId};
use throughline_tokenisation::{ArticleText, read};

fn article(text: &str, lang: &str) -> ArticleText {
    read(&Article {
        id: ArticleId::from("a"),
        text: text.to_owned(),
        lang: Some(lang.to_owned()),
        ..Article::default()
    })
}

/// Reads a page given line by line: `kind> text` is boilerplate of that kind, other lines are statements; a
/// dateline stands on a line of its own before its sentence. Lines that end in ` +` go on without a break.
fn page(lang: &str, wire: Option<&str>, script: &str) {
    let mut text = String::new();
    let (mut furniture, mut statements) = (Vec::new(), Vec::new());
    for line in script.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (line, gap) = line.strip_suffix(" +").map_or((line, "\n\n"), |line| (line, " "));
        let piece = match line.split_once("> ") {
            Some((kind, piece)) if kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                furniture.push((kind.to_owned(), piece.to_owned()));
                piece
            }
            _ => {
                statements.push(line.to_owned());
                line
            }
        };
        text.push_str(piece);
        text.push_str(gap);
    }
    let found = article(&text, lang);
    let kinds: Vec<(String, String)> =
        found.furniture.into_iter().map(|f| (f.kind.to_string(), f.text)).collect();
    assert_eq!(kinds, furniture, "boilerplate of\n{text}");
    let said: Vec<String> = found.statements.into_iter().map(|s| s.text).collect();
    assert_eq!(said, statements, "statements of\n{text}");
    assert_eq!(found.wire.as_deref(), wire, "agency of\n{text}");
}

#[test]
fn agency_copy_on_a_portal() {
    page(
        "en",
        Some("Reuters"),
        "menu> Home | World | Politics | Sport
         menu> Skip to content
         Parliament backs pension reform
         byline> By Jane Doe and John Roe
         timestamp> Published 3 May 2024, 10:30 GMT
         share> Share on Facebook Twitter WhatsApp
         dateline> LONDON, May 3 (Reuters) - +
         Lawmakers voted on Friday to raise the retirement age. +
         “It was the only way,” the minister said.
         photo_credit> REUTERS/Anna Smith
         read_more> Read more: What the reform means for you
         Unions called a strike for Monday.
         credit> (Reporting by Jane Doe; Editing by John Roe)
         copyright> © 2024 Reuters. All rights reserved.
         comment_prompt> 12 Comments
         comment_prompt> Post a Comment
         menu> Close Menu",
    );
}

#[test]
fn russian_agency_copy() {
    page(
        "ru",
        Some("TASS"),
        "menu> Главная
         Токаев провёл встречу с послами
         dateline> АСТАНА, 3 мая. /ТАСС/. +
         Президент Казахстана Касым-Жомарт Токаев провёл встречу с послами. +
         «Мы готовы к диалогу», — сказал он.
         read_more> Читайте также: Токаев посетит Берлин
         photo_credit> Фото: Акорда
         newsletter> Подписывайтесь на наш Telegram-канал
         comment_prompt> Комментарии (5)",
    );
}

#[test]
fn kazakh_agency_copy() {
    page(
        "kk",
        Some("Kazinform"),
        "dateline> АСТАНА. КАЗИНФОРМ – +
         Мемлекет басшысы Қасым-Жомарт Тоқаев Үкімет отырысын өткізді. +
         Ол жаңа міндеттер жүктеді.
         read_more> Тағы оқыңыз: Тоқаев Берлинге барады
         photo_credit> Сурет: Ақорда
         comment_prompt> 3 пікір
         comment_prompt> Пікір қалдыру",
    );
}

#[test]
fn blog_with_a_bare_dateline() {
    page(
        "en",
        None,
        "dateline> Moscow —
         In a move that surprised many, the two leaders met on Monday. +
         They signed a deal.
         comment_prompt> Post a Comment
         comment_prompt> 0 Comments
         menu> Close Menu",
    );
}

#[test]
fn american_agency_copy() {
    page(
        "en",
        Some("AP"),
        "dateline> WASHINGTON (AP) — +
         President Joe Biden said Monday he would sign the bill.
         separator> ___
         credit> Associated Press writer Jane Doe contributed to this report.
         advertisement> Advertisement
         cookie> We use cookies to improve your experience. By continuing you accept our cookie policy.
         newsletter> Sign up for our newsletter",
    );
}

#[test]
fn an_agency_that_no_list_knows() {
    page(
        "en",
        Some("Continental Wire"),
        "dateline> DORREN, Tamarra, March 6 (Continental Wire) - +
         Parliament voted on Friday to open an inquiry.",
    );
    // A party behind a name is none.
    page("en", None, "Runa Eskild (Reform) - the member for Dorren - spoke for an hour on Friday.");
}

#[test]
fn russian_datelines_of_other_agencies() {
    page(
        "ru",
        Some("Interfax"),
        "dateline> Москва. 3 мая. INTERFAX.RU - +
         Совет директоров рекомендовал дивиденды. +
         Акции выросли на 3%.
         dateline> АСТАНА, 12 мая — РИА Новости. +
         Казахстан увеличит экспорт, сообщил министр.
         credit> Источник: РИА Новости",
    );
}

#[test]
fn telegraph_copy_signs_at_the_end() {
    page("en", Some("Reuters"), "Showers continued all week. +\nPrices rose. +\ncredit> Reuter");
    page("en", Some("Reuters"), "Shr 55 cts vs 24 cts Net 1.9 mln vs 800,000 +\ncredit> Reuter");
    page("en", Some("Reuters"), "Showers continued all week. +\ncredit> reuter");
}

#[test]
fn chinese_agency_copy() {
    page(
        "en",
        Some("Xinhua"),
        "dateline> BEIJING, Jan. 5 (Xinhua) -- +
         China's exports rose 5 percent last year, the customs agency said on Friday.",
    );
}

#[test]
fn russian_local_paper() {
    page(
        "ru",
        None,
        "byline> Автор: Иван Петров
         timestamp> 03.05.2024, 12:30
         В Алматы прошёл митинг. +
         Участники требовали реформ.
         share> Поделиться в Facebook
         share> Распечатать
         copyright> Все права защищены
         advertisement> Реклама",
    );
}

#[test]
fn french_agency_copy_on_an_english_page() {
    page(
        "en",
        Some("AFP"),
        "Minister returns to Paris, vows new tariffs on imports of steel
         byline> By ASSOCIATED PRESS
         timestamp> May 3, 2024
         dateline> PARIS (AFP) – +
         France will host talks. +
         A spokesman said: “We will see. +
         It is early.”
         credit> AFP
         menu> Tags: steel, tariffs
         menu> 5 min read
         comment_prompt> Leave a Reply
         photo_credit> John Smith / AFP via Getty Images",
    );
}

#[test]
fn news_that_only_sounds_like_boilerplate() {
    page(
        "en",
        None,
        "The firm said cookies were to blame. +
         We use cookies for many things, the chief said.
         Comments from the minister were brief
         By land and by sea they came.
         The menu was long. +
         Share prices fell 3%.
         Search for survivors continues
         Home prices rise again
         Photo shows the damage in the city.
         Kazakhstan — the largest landlocked country — exports oil.
         NATO — the alliance — met.
         The agency told Reuters it would wait.
         Follow the money, said the prosecutor.
         August 19, 1975",
    );
    page(
        "ru",
        None,
        "Астана — столица Казахстана. +
         Здесь живёт миллион человек.
         Реклама подорожала на треть
         Комментарии министра вызвали споры
         Поиск пропавших продолжается
         Фото сделано с вертолёта.",
    );
    page(
        "kk",
        None,
        "Астана – Қазақстанның елордасы. +
         Пікір білдіру бостандығы заңмен қорғалады.
         Басты мәселе шешілді",
    );
}

#[test]
fn equal_statements_have_different_ids() {
    let found = article("No comment. No comment.", "en");
    assert_eq!(found.statements.len(), 2);
    assert_ne!(found.statements[0].id, found.statements[1].id);
    assert_eq!(found.statements[0].id, article("No comment. No comment.", "en").statements[0].id);
}
