//! Where sentences end, on sentences of our own: one case for each rule.

use throughline_tokenisation::{PieceKind, segment};

/// Checks the pieces of a text given as its pieces joined by `|`; a space follows each unless the mark is `||`.
fn check(lang: &str, marked: &str) {
    let text = marked.replace("||", "").replace('|', " ");
    let want: Vec<&str> = marked.split('|').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let found = segment(&text, Some(lang));
    let got: Vec<&str> = found.pieces.iter().map(|piece| piece.span.slice(&text)).collect();
    assert_eq!(got, want);
}

#[test]
fn english_abbreviations() {
    check("en", "Mr. Lee met Dr. Ann Roe at 5 p.m. Monday.|They spoke for an hour.");
    check("en", "It moved to the U.S. last year.|It is in the U.S.|The law applies there.");
    check("en", "Acme Inc. Chairman Bo Li quit.|He ran Acme Inc.|It grew.");
    check("en", "See fig. 3 and p. 12.|No. 5 won.|No.|We lost.");
    check("en", "J. K. Smith wrote it with A. Roe.|You and I.|The end.");
    check("en", "She saw art.|Modern works sold well.");
    check("en", "Tea, coffee, etc.|Prices vary.");
}

#[test]
fn english_marks_and_closers() {
    check("en", "\"Why now?\" asked Lee.|\"It is late!\"|He left.");
    check("en", "He said, \"It is over. |We lost.\"|She wept.");
    check("en", "It grew (see below).|It fell (by 3%.) in May.");
    check("en", "Wait... what?|I mean it…|Yes.");
    check("en", "It is so. [12]|They agree.[3]|Then came May.");
    check("en", "The cost was 3.5 million.|2024 was better.");
    check("en", "i like it. really good food.".replace(". ", ".|").as_str());
    check("en", "Great job!:)|Thanks.".replace("!:)", "! :)").as_str());
}

#[test]
fn glued_sentences() {
    check("en", "They left early.||Nobody saw them.");
    check("en", "We waited more than an hour...||I had a book.");
    check("en", "Write to Ann.Roe@example.org or see www.example.org/News.Html today.");
}

#[test]
fn sentences_without_a_mark() {
    check("en", "Lovely House|This house stands by a lake.");
    check("en", "The cat came the year my aunt died|He also had blue eyes.");
    check("en", "Figure 1.6|The map shows the roads.|Table 2 shows the rails.");
    check("en", "Most fans of They are here left.");
    check("en", "How did they know why YOU want it?");
    check("en", "He left.|(Daily Post)|The agency looks for firms.");
    check("en", "(North) Korea agreed.|[President] Roe did too.");
    check("en", "I know she —|See now what I mean.");
    check("en", "It was so hot – I mean really hot.");
    check("ru", "Скачано 207 мегабайт|Несмотря на это, работа идёт.");
    check("ru", "Школа В закрыта, а группа А работает.");
}

#[test]
fn raised_notes_stay_before() {
    check("en", "It is due to minority rights. 4|Even so, few vote.");
    check("en", "It fell on Sept. 11 that year.|2 million saw it.");
}

#[test]
fn answers_are_no_numbers() {
    check("en", "Any knives?|No.|Keys?");
    check("en", "He was No. 5 and she was no. 7 then.");
}

#[test]
fn russian_lower_case_after_whole_words() {
    check("ru", "Мы видели три сцены фильма.|потом ушли домой.");
    check("ru", "всем привет!|кто едет?|пишите мне.|завтра в обед.");
    check("ru", "Купил телефон))|Доволен как слон.|Очередь огромная:(|Врач ушёл.");
    check("ru", "Курс (доллар (США)) Нацбанк не менял.");
    check("ru", "Живёт в Московск. области, на просп. мира.");
}

#[test]
fn russian() {
    check("ru", "Он родился в 1950 г. в Омске.|В 1970 г. Иван уехал.");
    check("ru", "Длина реки около 80 км.|Волга длиннее.");
    check("ru", "А. С. Пушкин жил на ул. Мойка, д. 12.|Там музей.");
    check("ru", "«Кто там? – спросил он. – Войдите».|Никто не ответил.");
    check("ru", "Яблоки, груши и т. д.|Цены выросли.");
    check("ru", "Министр заявил: «Мы готовы. |Начнём завтра».|Дата не названа.");
}

#[test]
fn kazakh() {
    check("kk", "«Барамыз ба?» – деді ол.|Ешкім жауап бермеді.");
    check("kk", "Алма, алмұрт, т.б. жемістер бар.|Бағасы қымбат.");
    check("kk", "Жиын аяқталды.|Ол 2010 ж. басталған.");
}

#[test]
fn other_scripts() {
    check("zh", "核电站即将开工。||两国签署了协议！||谁会反对？||没有人。");
    check("ar", "هل وصل الوفد؟|نعم.");
    check("hi", "मंत्री दिल्ली पहुँचे।|बैठक शुरू हुई।");
    check("hy", "Նա եկավ։|Մենք գնացինք։");
}

#[test]
fn lists() {
    check("en", "1. Fix the roof|2. Paint the door|3. Sell the house");
    check("en", "• Roof|• Door|• House");
    check("en", "He bought 1) milk 2) bread.");
}

#[test]
fn mail() {
    check("en", "Dear Ann,|Please call.|Kind regards,|Bo");
    check("en", "Ann Roe|08/16/2000 03:48 PM|Here it is.");
    check("en", "It is here.|----== Free News ==----|The best.|*****NOTICE*******|Read this.");
    check("en", "<< File: map.pdf >>|Please look.");
    check("en", "Peace will come.|--|Posted by Ann Roe");
}

#[test]
fn law_reports() {
    let text = "See 38 C.F.R. § 3.1; Roe v. Doe, 7 Vet. App. 43 (1995). Poe v. Coe, 5 F.3d 9 (Fed. Cir. 1999).\n\n2. The claim\n\n\
                Roe v. Coe is 38 U.S.C. § 5 law; Doe v. Poe is not.";
    let found = segment(text, Some("en"));
    let got: Vec<&str> = found.pieces.iter().map(|piece| piece.span.slice(text)).collect();
    assert_eq!(
        got,
        [
            "See 38 C.F.R. § 3.1; Roe v. Doe, 7 Vet. App. 43 (1995).",
            "Poe v. Coe, 5 F.3d 9 (Fed. Cir. 1999).",
            "2.",
            "The claim",
            "Roe v. Coe is 38 U.S.C. § 5 law; Doe v. Poe is not.",
        ]
    );
}

#[test]
fn broken_lines_go_on() {
    let text = "A project may change the country's energy future\nthe first plant of its kind, in the east.\n\nNext Steps: A Calendar\n\n\
                The plant is the work of\nRosatom and others.";
    let found = segment(text, Some("en"));
    let got: Vec<(&str, PieceKind)> = found.pieces.iter().map(|p| (p.span.slice(text), p.kind)).collect();
    assert_eq!(
        got,
        [
            (
                "A project may change the country's energy future\nthe first plant of its kind, in the east.",
                PieceKind::Sentence
            ),
            ("Next Steps: A Calendar", PieceKind::Heading),
            ("The plant is the work of\nRosatom and others.", PieceKind::Sentence),
        ]
    );
}

#[test]
fn headings_that_markdown_marks() {
    let text = "# The town\n\n## who knew?\n\n#MeToo was there.\n\nThe plant stood.";
    let kinds: Vec<PieceKind> = segment(text, Some("en")).pieces.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PieceKind::Heading, PieceKind::Heading, PieceKind::Sentence, PieceKind::Sentence]);
}

#[test]
fn wrapped_lines_go_on_and_headings_do_not() {
    let text = "Ministers of both countries met in the capital on Friday and\n\
                agreed to build a pipeline across the steppe by the year 2030,\n\
                Interior Ministry officials told a crowd of reporters after the\n\
                meeting. The cost is not known.\n\nWhat happens next\nTalks go on.";
    let found = segment(text, Some("en"));
    let ends: Vec<&str> =
        found.pieces.iter().map(|p| p.span.slice(text).rsplit(' ').next().unwrap_or("")).collect();
    assert_eq!(ends.len(), 4, "{ends:?}");
}

#[test]
fn quotation_over_several_sentences() {
    let text = "He said: “It is over. We lost. But peace is near.” Then he left.";
    let kinds: Vec<PieceKind> = segment(text, Some("en")).pieces.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PieceKind::Sentence, PieceKind::Quote, PieceKind::Quote, PieceKind::Sentence]);
}

#[test]
fn short_forms_end_sentences_that_words_of_another_follow() {
    check("en", "So did the U.K.|Nobody asked Norland.");
    check("en", "They found a ripe fig.|We ate it, see Fig. 3.");
    check("en", "It lies between the points A and B.|Find it.");
    check("ru", "Дом сдали в 2019 г.|Соседи въехали весной.");
    check("ru", "Летом 2019 г. Виктор уехал.|В 2020 г. Виктор вернулся.");
    check("ru", "Тропа идёт между точками К и М.|Ищите её.");
}

#[test]
fn a_name_with_a_mark_of_its_own_ends_no_sentence() {
    check("en", "Yahoo! bought the firm.|It paid too much.");
    check("en", "The deal with Yahoo! failed.|Wow! it was close.".replace("Wow! it", "Wow!|it").as_str());
}

#[test]
fn what_cannot_be_seen_cuts_nothing() {
    check("en", "\u{feff}The vil\u{200b}lage of Ae\u{2060}lm is small.|It has a mill.");
    assert!(
        segment("\u{200b}\u{200b}", Some("en")).pieces.iter().all(|piece| piece.kind != PieceKind::Sentence)
    );
}

#[test]
fn a_wrapped_line_cuts_no_quotation() {
    let text = "Anna Roe said: “We will go to\nTarn in May and stay there until the\nRed Fair is over.” Nobody answered.";
    let found = segment(text, Some("en"));
    assert_eq!(found.pieces.len(), 2);
    let text = "He wrote “Go\n\nShe left.";
    assert_eq!(segment(text, Some("en")).pieces.len(), 2);
}
