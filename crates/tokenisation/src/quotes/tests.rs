use proptest::prelude::*;
use throughline_schema::ArticleId;

use super::*;

fn article(text: &str) -> Article {
    Article { id: ArticleId::from("a"), text: text.to_owned(), ..Article::default() }
}

pub(super) fn quotes_of(text: &str) -> Vec<Quote> {
    let article = article(text);
    quotes(&article, &crate::read(&article))
}

/// Content, source and speaker of every quotation, spans joined by ` | `.
pub(super) fn read(text: &str) -> Vec<(String, String, Option<String>)> {
    let joined = |spans: &[Span]| spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" | ");
    quotes_of(text).into_iter().map(|q| (joined(&q.content), joined(&q.source), q.speaker)).collect()
}

pub(super) fn only(text: &str) -> (String, String, Option<String>) {
    let mut all = read(text);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

pub(super) fn row(content: &str, source: &str, speaker: &str) -> (String, String, Option<String>) {
    (content.to_owned(), source.to_owned(), (!speaker.is_empty()).then(|| speaker.to_owned()))
}

#[test]
fn content_before_its_attribution() {
    assert_eq!(only("“We will go,” Ann Lee said."), row("“We will go,”", "Ann Lee", "Ann Lee"));
    assert_eq!(
        only("\"We will go!\" said Ann Lee, a farmer."),
        row("\"We will go!\"", "Ann Lee, a farmer", "Ann Lee")
    );
    assert_eq!(
        only("The dam will hold, Ann Lee said on Monday."),
        row("The dam will hold", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn a_quotation_resumes_behind_its_attribution() {
    assert_eq!(
        only("“We will go,” Ann Lee said, “when it is dark.” “Not before.”"),
        row("“We will go,” | “when it is dark.” | “Not before.”", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn an_attribution_may_stand_inside_the_marks() {
    assert_eq!(
        only("«Мы, — заявил Павел Рудин, — никуда не уйдём»."),
        row("«Мы | никуда не уйдём»", "Павел Рудин", "Павел Рудин")
    );
    assert_eq!(
        only("«Мы устали. — Анна Лунёва сказала это тихо. — Но мы не уйдём»."),
        row("«Мы устали. | Но мы не уйдём»", "Анна Лунёва", "Анна Лунёва")
    );
    assert_eq!(
        only("«Мы никуда не уйдём, — сказал Павел Рудин»."),
        row("«Мы никуда не уйдём", "Павел Рудин", "Павел Рудин")
    );
    assert!(quotes_of("«Мы, — заявил Павел Рудин, — никуда не уйдём».")[0].kind == QuoteKind::Direct);
    assert!(read("Вышла книга «Мы, — или никто».").is_empty());
}

#[test]
fn a_turn_of_a_dialogue_goes_on_behind_its_attribution() {
    assert_eq!(
        only("— Хлеба нет третий день, — рассказала Анна Лунёва. — Ждём, никто не едет."),
        row("Хлеба нет третий день | Ждём, никто не едет.", "Анна Лунёва", "Анна Лунёва")
    );
}

#[test]
fn content_behind_its_attribution() {
    assert_eq!(
        only("Ann Lee said that the dam will hold."),
        row("that the dam will hold", "Ann Lee", "Ann Lee")
    );
    assert_eq!(only("Ann Lee told reporters: “It will hold.”"), row("“It will hold.”", "Ann Lee", "Ann Lee"));
    assert_eq!(
        only("According to Ann Lee, the dam will hold."),
        row("the dam will hold", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn a_quotation_runs_over_several_paragraphs() {
    assert_eq!(
        only("“We will go,” Ann Lee said. “It is late.\n\n“It will be dark soon.”"),
        row("“We will go,” | “It is late. | “It will be dark soon.”", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn a_paragraph_that_ends_with_a_colon_introduces_the_next() {
    assert_eq!(
        only("The dam broke.\nAnn Lee continued:\n“It is late.”"),
        row("“It is late.”", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn the_source_is_all_that_stands_between_a_quotation_and_its_verb() {
    assert_eq!(
        only("“It holds,” the mayor of Velm and former engineer Ann Lee said on Monday. Ms. Lee left."),
        row("“It holds,”", "the mayor of Velm and former engineer Ann Lee", "Ann Lee")
    );
    assert_eq!(
        only("“It holds,” Ann Lee, who is head of the works said."),
        row("“It holds,”", "Ann Lee, who is head of the works", "Ann Lee")
    );
    assert_eq!(
        only("A farmer who lives below the wall said it would hold.").1,
        "A farmer who lives below the wall"
    );
}

#[test]
fn a_quotation_behind_a_colon_is_the_content() {
    assert_eq!(
        only("Ann Lee put it best when she wrote: “It holds.”"),
        row("“It holds.”", "Ann Lee", "Ann Lee")
    );
    assert_eq!(
        only("The wall is old, Ann Lee warned: “It will break.”"),
        row("The wall is old | “It will break.”", "Ann Lee", "Ann Lee")
    );
    assert_eq!(
        only("Asked about the wall, Ann Lee said: “It will break.”"),
        row("“It will break.”", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn a_quotation_that_ends_as_a_sentence_waits_for_its_attribution() {
    assert_eq!(
        only("“Who knows?” Ann Lee told the paper’s reporters in Velm when the rain stopped."),
        row("“Who knows?”", "Ann Lee", "Ann Lee")
    );
    assert_eq!(only("“Who knows?” Ann Lee joked."), row("“Who knows?”", "Ann Lee", "Ann Lee"));
    assert_eq!(
        only("“What is he talking about?” reacted Lee."),
        row("“What is he talking about?”", "Lee", "Lee")
    );
}

#[test]
fn a_dash_and_a_name_sign_a_quotation() {
    assert_eq!(only("“It will hold.” ― Ann Lee"), row("“It will hold.”", "Ann Lee", "Ann Lee"));
    assert!(read("“Dark Water” — the film about it — opened in Oslo.").is_empty());
}

#[test]
fn an_account_wraps_what_it_tells() {
    assert_eq!(
        read("“It holds,” Ann Lee said, according to the Velm Post."),
        [
            row("“It holds,”", "Ann Lee", "Ann Lee"),
            row("“It holds,” Ann Lee said", "the Velm Post", "Velm Post")
        ]
    );
}

#[test]
fn a_quotation_of_its_own_paragraph_is_by_whom_the_last_one_quotes() {
    let text = "Ann Lee warned that the wall would break.\n\n“It is older than I am.”";
    let speakers: Vec<Option<String>> = read(text).into_iter().map(|(_, _, s)| s).collect();
    assert_eq!(speakers, [Some("Ann Lee".to_owned()), Some("Ann Lee".to_owned())]);
    assert!(read("They said that the wall would break.\n\n“It is older than I am.”").len() == 1);
}

#[test]
fn people_whose_names_no_list_holds_are_known_by_their_surnames_and_roles() {
    let last = |text: &str| read(text).pop().unwrap().2;
    let text = "Anouk Drevane came to Velm. Its leader, Marek Tolliver, met her. “It is late,” Tolliver said. \
                He added that it was cold.";
    assert_eq!(last(text).as_deref(), Some("Marek Tolliver"));
    assert_eq!(
        last("For the mayor of Dorren, Ilsa Marrend, it came too late. “I saw it,” she said.").as_deref(),
        Some("Ilsa Marrend")
    );
    assert_eq!(
        last("On a visit, Teodor Vask said little. There was “no danger”, the water minister said.")
            .as_deref(),
        Some("Teodor Vask")
    );
    assert_eq!(
        last("Goalkeeper Juno Hartsfield saved it. “I guessed,” Hartsfield said.").as_deref(),
        Some("Juno Hartsfield")
    );
    assert_eq!(
        last("Peabody Holding Co rose. “It is good,” Peabody said.").as_deref(),
        Some("Peabody Holding Co")
    );
}

#[test]
fn headings_and_common_words_name_nobody() {
    let last = |text: &str| read(text).pop().unwrap().2;
    assert_eq!(last("An Alliance Redefined\n\nIt said that the pact would hold."), None);
    assert_eq!(last("Many Millennials think that the pact will hold."), None);
    assert_eq!(last("Minister says that the pact will hold."), None);
}

#[test]
fn titles_of_works_and_scare_quotes_are_no_quotations() {
    assert!(read("The film “Dark Water” opened in Oslo. Its “new look” pleased few.").is_empty());
}

#[test]
fn surnames_titles_and_pronouns_lead_to_the_full_name() {
    let text = "President Ann Lee met Boris Orlov. “It is late,” Lee said. “Very late,” the president added.\n\
                Boris Orlov left. “Good night,” he said. “Sleep well,” she replied.";
    let speakers: Vec<Option<String>> = read(text).into_iter().map(|(_, _, s)| s).collect();
    let name = |n: &str| Some(n.to_owned());
    assert_eq!(speakers, [name("Ann Lee"), name("Ann Lee"), name("Boris Orlov"), name("Ann Lee")]);
}

#[test]
fn nobody_is_named_for_who_the_text_does_not_name() {
    assert_eq!(only("“It is late,” a witness said."), row("“It is late,”", "a witness", ""));
    assert_eq!(only("Ann Lee left. “It is late,” Lee's driver said.").2, None);
}

#[test]
fn a_shared_surname_goes_by_mr_and_ms() {
    let text = "Ann Lee and Tom Lee came. “It is late,” Mr. Lee said. “It is,” Ms. Lee said.";
    let speakers: Vec<Option<String>> = read(text).into_iter().map(|(_, _, s)| s).collect();
    assert_eq!(speakers, [Some("Tom Lee".to_owned()), Some("Ann Lee".to_owned())]);
}

#[test]
fn russian_forms() {
    let text = "Министр Иван Петров приехал в Омск.\n«Завод откроют», — сказал Петров. По словам Петрова, он готов.\n\
                — Мы рады, — добавил министр.\nПетров отметил, что город ждал.";
    let content: Vec<String> = read(text).into_iter().map(|(c, ..)| c).collect();
    assert_eq!(content, ["«Завод откроют»", "он готов", "Мы рады", "что город ждал"]);
    assert!(read(text).into_iter().all(|(_, _, s)| s.as_deref() == Some("Иван Петров")));
}

#[test]
fn kazakh_forms() {
    let text = "Министр Ерлан Омаров келді.\n«Зауыт ашылады», – деді Омаров. Омаровтың айтуынша, бәрі дайын.";
    let content: Vec<String> = read(text).into_iter().map(|(c, ..)| c).collect();
    assert_eq!(content, ["«Зауыт ашылады»", "бәрі дайын"]);
    assert!(read(text).into_iter().all(|(_, _, s)| s.as_deref() == Some("Ерлан Омаров")));
}

#[test]
fn words_that_somebody_else_calls_so_are_theirs() {
    assert_eq!(
        only("Norland continues to practise what Ann Lee has called a “two-way” policy."),
        row("what | a “two-way” policy", "Ann Lee", "Ann Lee")
    );
    assert_eq!(
        only("The “long walk,” as Ann Lee called it, will go on."),
        row("“long walk,”", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn kinds() {
    let kind = |text: &str| quotes_of(text)[0].kind;
    assert_eq!(kind("“It is late,” Ann said."), QuoteKind::Direct);
    assert_eq!(kind("Ann said it was late."), QuoteKind::Indirect);
    assert_eq!(kind("Ann said it was “very late” there."), QuoteKind::Mixed);
    assert_eq!(kind("— Поздно, — сказал Иван."), QuoteKind::Direct);
}

#[test]
fn a_quotation_names_the_statements_it_touches() {
    let text = "“It is late. We go,” Ann said. Night fell.";
    let article = article(text);
    let read = crate::read(&article);
    let found = quotes(&article, &read);
    let ids: Vec<StatementId> = read.statements.iter().map(|s| s.id.clone()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(found[0].statements, ids[..2]);
}

#[test]
fn a_hard_wrapped_quotation_is_one() {
    let text = "The mayor of Velm, Ann Lee, who has run the town for twenty years, came to the old\n\
                wall in the morning. “We will hold it as long as the river lets us, and we will go\n\
                only when it is dark,” she said to the men and women who had come there from all\n\
                over the valley.\n";
    assert_eq!(
        only(text),
        row(
            "“We will hold it as long as the river lets us, and we will go\nonly when it is dark,”",
            "she",
            "Ann Lee"
        )
    );
    let text = "Ann Lee, the mayor of Velm, told reporters on Monday night that the level of the river in\n\
                Velm had fallen and that the old wall around the town that was built in the spring will\n\
                hold until the end of the month.\n";
    let found = only(text);
    assert!(found.0.starts_with("that the level of the river in\nVelm had fallen"), "{found:?}");
    assert!(found.0.ends_with("will\nhold until the end of the month"), "{found:?}");
}

#[test]
fn abbreviations_end_no_sentence() {
    let said = |text: &str| read(text).into_iter().map(|(content, ..)| content).collect::<Vec<_>>();
    assert_eq!(
        said("Ann Lee said that Messrs. Roe and Orlov left Acme plc. for good on Apr. 3."),
        ["that Messrs. Roe and Orlov left Acme plc. for good on Apr. 3"]
    );
    assert_eq!(
        said("Ann Lee said that prof. Orlov left at 5 p.m. on Mar. 3."),
        ["that prof. Orlov left at 5 p.m. on Mar. 3"]
    );
}

#[test]
fn boilerplate_is_no_part_of_a_quotation() {
    assert_eq!(
        only("“We will go,” Ann Lee said. “It is late.\n\nAdvertisement\n\n“It will be dark soon.”"),
        row("“We will go,” | “It is late. | “It will be dark soon.”", "Ann Lee", "Ann Lee")
    );
    assert_eq!(
        only("VELM, May 3 (Reuters) - The dam will hold, Ann Lee said on Monday."),
        row("The dam will hold", "Ann Lee", "Ann Lee")
    );
}

#[test]
fn time_is_linear_in_texts_made_to_hurt() {
    let hostile =
        ["“a,” he said, ", "said ", "\"", "‘a ", "“", "A and of ", "saying, ", "He said it. “Q.” ", "\n“a"];
    for piece in hostile {
        let text = piece.repeat(200_000 / piece.len());
        let start = std::time::Instant::now();
        quotes_of(&text);
        // Takes a fraction of a second, and minutes once anything is quadratic: no measure of speed.
        assert!(start.elapsed().as_secs() < 60, "{piece:?} took {:?}", start.elapsed());
    }
}

fn holds(text: &str) {
    let found = quotes_of(text);
    assert_eq!(found, quotes_of(text));
    for quote in &found {
        for spans in [&quote.content, &quote.cue, &quote.source] {
            for span in spans {
                assert!(span.byte_start < span.byte_end);
                assert_eq!(*span, Span::of(text, span.bytes()));
            }
            assert!(spans.windows(2).all(|w| w[0].byte_end <= w[1].byte_start), "{spans:?}");
        }
        assert!(!quote.content.is_empty());
    }
}

proptest! {
    #[test]
    fn spans_hold_for_any_text(text in "\\PC*") {
        holds(&text);
    }

    #[test]
    fn spans_hold_for_what_looks_like_news(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "“", "”", "\"", "«", "»", "'", "‘", "’", "''", "—", ",", ".", ":", "?", "(", ")", ";", "\n", "\n\n", "'s",
                "said", "told", "asked", "saying", "expected", "seems", "to", "that", "what", "as", "who", "according",
                "he", "she", "they", "it", "the", "of", "and", "but", "is", "was", "went", "on", "Monday", "president",
                "Mr.", "Ann", "Lee", "Boris", "Orlov", "reporters", "late", "сказал", "что", "По", "словам", "Петров",
                "айтуынша", "деп", "деді", "🙂",
            ]),
            0..60,
        ),
        spaced in any::<bool>(),
    ) {
        holds(&parts.join(if spaced { " " } else { "" }));
        holds(&parts.join(" ").replace(" ,", ",").replace(" .", ".").replace("“ ", "“").replace(" ”", "”"));
    }
}
