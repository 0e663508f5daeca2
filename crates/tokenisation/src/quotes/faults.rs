//! Kinds of fault that were found in news as sites serve it, each by a sentence of our own.

use super::tests::{only, quotes_of, read, row};

/// The speaker of each quotation.
fn speakers(text: &str) -> Vec<Option<String>> {
    read(text).into_iter().map(|(_, _, speaker)| speaker).collect()
}

#[test]
fn prompts_are_no_speakers() {
    for prompt in ["READ MORE", "OPINION", "WATCH", "INTERACTIVE", "RELATED", "Source", "Author"] {
        let text = format!("{prompt}: “A town without water” is what remains.");
        assert!(read(&text).is_empty(), "{prompt}");
        let text = format!("{prompt}: A town without water and its many wells");
        assert!(read(&text).is_empty(), "{prompt}");
    }
    assert_eq!(
        only("LEE: “We will stay.”").2.as_deref(),
        Some("LEE"),
        "a turn of a transcript has a speaker"
    );
}

#[test]
fn words_that_open_sentences_are_no_speakers() {
    let text = "The firm built a plant. Last week it hired two men, said Ann Roe of Velm. Staff of the \
                plant said the staff was small.";
    assert!(speakers(text).iter().flatten().all(|name| name == "Ann Roe"), "{:?}", speakers(text));
    assert!(speakers("Forty said no to the plan. The forty left.").iter().all(Option::is_none));
}

#[test]
fn participles_and_nouns_are_no_verbs_of_saying() {
    for text in [
        "A lake known as the Bowl froze over.",
        "The bill was intended to help the poor.",
        "No wounds have been reported at the dam.",
        "The firm was refused a loan by the bank.",
        "She was found asleep in the barn.",
        "Better roads, thanks to a loan, were built.",
        "He is making calls two nights a week.",
        "A video posted online appeared on Monday, and few saw it.",
        "The detour added an extra mile to the trip.",
        "He got talking to her at the fair.",
        "The mayor went on a trip to Tarn.",
        "The firm did not respond to requests.",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn scraps_are_no_quotations() {
    for text in
        ["Ann Lee denied the allegation.", "Ann Lee supports him.", "Can you imagine a town without water?"]
    {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(only("Ann Lee denied any link to the fire.").0, "any link to the fire");
    assert_eq!(only("Ann Lee promised to go.").0, "to go");
}

#[test]
fn the_cue_tells_what_was_done_with_the_words() {
    let text = "Ann Lee denied any link to the fire.";
    let quote = &quotes_of(text)[0];
    assert_eq!(quote.cue[0].slice(text), "denied");
    let text = "Ann Lee called for a new vote in May.";
    let quote = &quotes_of(text)[0];
    assert_eq!((quote.cue[0].slice(text), quote.content[0].slice(text)), ("called for", "a new vote in May"));
}

#[test]
fn content_is_whole() {
    for (text, content) in [
        ("Ann Lee asked him to leave the hall.", "him to leave the hall"),
        ("Ann Lee told the AP her firm would close.", "her firm would close"),
        ("Ann Lee found that by the end of May, all was lost.", "that by the end of May, all was lost"),
        ("Ann Lee believes the work, however, will go on.", "the work, however, will go on"),
        (
            "Ann Lee fears (as do many; it is late) a flood in the town.",
            "(as do many; it is late) a flood in the town",
        ),
        ("Ann Lee said on Sunday it was too late.", "it was too late"),
        ("Ann Lee said the town, Tarn, was lost - noting the flood.", "the town, Tarn, was lost"),
    ] {
        assert_eq!(read(text)[0].0, content, "{text}");
    }
}

#[test]
fn a_quotation_far_from_an_account_is_anothers() {
    let near = "Ann Lee said the plan was “a mistake”. “It won’t work.”";
    assert_eq!(only(near).0, "the plan was “a mistake” | “It won’t work.”");
    let far = "Ann Lee said the plan was “a mistake”. The council met. It rained all day. “It won’t work.”";
    assert_eq!(only(far).0, "the plan was “a mistake”");
}

#[test]
fn who_speaks_before_a_quotation_is_told_once() {
    let text = "Bo Roe said they “came very close.” Bo Roe said at noon that it was over.";
    let found = read(text);
    assert_eq!(found[0], row("they “came very close.”", "Bo Roe", "Bo Roe"));
    assert_eq!(found[1].0, "that it was over");
}

#[test]
fn names_that_look_like_other_words_speak() {
    assert_eq!(only("“We will go,” Theresa May said.").2.as_deref(), Some("Theresa May"));
    assert_eq!(only("“They are bad,” Will wrote.").1, "Will");
    assert_eq!(only("Bo Jolly said he had gone.").1, "Bo Jolly");
    assert_eq!(only("The Justice Department said it would help.").2.as_deref(), Some("Justice Department"));
    assert_eq!(only("WHO said it would help.").1, "WHO");
}

#[test]
fn names_are_whole() {
    let text = "Ann Sheikh Ali, a farmer, came. “We will go,” said Ali.";
    assert_eq!(speakers(text), [Some("Ann Sheikh Ali".to_owned())]);
    let text = "Governor Zhang Qingwei came to town on Monday. “We will go,” Zhang said. The mayor left.";
    assert_eq!(speakers(text), [Some("Zhang Qingwei".to_owned())]);
    let text = "Their leader, Abu Rahman al-Tarni, came. “We will go,” al-Tarni said.";
    assert_eq!(speakers(text), [Some("Abu Rahman al-Tarni".to_owned())]);
    let text = "Ann Lee, a trader who said she was tired, left.";
    assert_eq!(speakers(text), [Some("Ann Lee".to_owned())]);
}

#[test]
fn a_pronoun_stands_for_who_spoke_last() {
    let text =
        "Bo Roe said it was over. He praised the work of his friend Jim Ames at noon. “I am tired,” he said.";
    assert!(speakers(text).iter().flatten().all(|name| name == "Bo Roe"), "{:?}", speakers(text));
    let text = "Rudin warned that a flood was near. “It will come soon,” he said.";
    assert_eq!(read(text)[1].2.as_deref(), Some("Rudin"));
}

#[test]
fn lost_blanks_hide_no_attribution() {
    assert_eq!(only("“We will go,”?Lee said."), row("“We will go,”", "Lee", "Lee"));
    assert_eq!(only("“We will go,” Ann Lee-said."), row("“We will go,”", "Ann Lee", "Ann Lee"));
    assert_eq!(only("Mr-Lee said it was over.").1, "Mr-Lee");
}

#[test]
fn an_office_before_a_name_is_no_part_of_it() {
    for (text, speaker) in [
        ("Minister for Education Peter Roe said on Monday that the schools would open.", "Peter Roe"),
        ("Velm’s Minister of Foreign Affairs and Trade Peter Roe said that it was over.", "Peter Roe"),
        ("“It is good,” said the deputy mayor for tourism, Peter Roe.", "Peter Roe"),
        ("Tarn Bureau of Inquiry spokesman Peter Roe said that it was over.", "Peter Roe"),
        ("Their Ambassador to Norland Olav Brandsen said that it was over.", "Olav Brandsen"),
    ] {
        let text = format!("{text} Nobody in the village knew about it.");
        assert_eq!(read(&text)[0].2.as_deref(), Some(speaker), "{text}");
    }
    let text = "Tarn Mayor Peter Roe left the hall. The Velm mayor said that it was over.";
    assert_ne!(read(text)[0].2.as_deref(), Some("Peter Roe"));
}

#[test]
fn a_relative_clause_ends_what_is_said_in_it() {
    let text = "The group, which Ann Lee said has a small force, took up arms.";
    assert_eq!(only(text).0, "which | has a small force");
    let text = "The man who, according to Ann Lee, broke the law, left.";
    assert_eq!(only(text).0, "who | broke the law");
}

#[test]
fn a_source_ends_before_its_verb() {
    let text = "Ann Lee gave a long speech on Monday, adding that it was over. Nobody in the village knew.";
    assert_eq!(read(text)[0].1, "Ann Lee");
    let text = "Ann Lee had for years opposed the plan to build it. Nobody in the village knew about it.";
    assert_eq!(read(text)[0].1, "Ann Lee");
    let text = "Ann Lee of Velm, who said she was tired, left. Nobody in the village knew about it.";
    assert_eq!(read(text)[0].2.as_deref(), Some("Ann Lee"));
    let text =
        "Ann Lee, the tall Velm farmer who said she was tired, left. Nobody in the village knew about it.";
    assert_eq!(read(text)[0].2.as_deref(), Some("Ann Lee"));
    let text = "Ursula von der Mark came to town on Monday. “We will go,” said von der Mark.";
    assert_eq!(read(text)[0].2.as_deref(), Some("Ursula von der Mark"));
}
