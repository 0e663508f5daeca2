//! Bytes of text split into sentences a second, on one thread: `cargo bench -p throughline-tokenisation`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use throughline_tokenisation::{language, segment};

fn main() {
    divan::main();
}

/// A few megabytes of made-up news in one language, as one text.
fn news(lang: &str) -> String {
    let article = match lang {
        "en" => {
            "LONDON, May 3 (Reuters) - The U.S. Senate voted 51-49 on Friday to confirm Dr. Anna Smith, who said at 5 p.m. \
             that she was \"honoured. It is a great day.\" Prices rose 3.5 percent, according to ABC Inc. The company did \
             not reply.\n\nA spokesman for Mr. Jones told reporters: “We will see.” He added that the talks, which began in \
             Jan. 2023, would go on.\n\n"
        }
        "ru" => {
            "АСТАНА, 3 мая. /ТАСС/. Президент Казахстана К. Токаев провёл встречу с послами стран ЕС. «Мы готовы к диалогу. \
             Это важно», — сказал он. В 2023 г. товарооборот вырос на 3,5 млрд долл. США, сообщили в министерстве.\n\n\
             По его словам, переговоры пройдут в Берлине и т. д. Дата не названа.\n\n"
        }
        _ => {
            "АСТАНА. КАЗИНФОРМ – Мемлекет басшысы Қ. Тоқаев Үкімет отырысын өткізді. «Біз дайынбыз», – деді ол. Жиында \
             2023 жылғы нәтижелер, т.б. мәселелер талқыланды.\n\nОл жаңа міндеттер жүктеді. Қандай шаралар қажет?\n\n"
        }
    };
    article.repeat(4_000_000 / article.len())
}

#[divan::bench(args = ["en", "ru", "kk"])]
fn sentences(bencher: Bencher, lang: &str) {
    let text = news(lang);
    bencher.counter(BytesCount::of_str(&text)).bench(|| segment(black_box(&text), Some(lang)));
}

#[divan::bench]
fn language_of_an_article(bencher: Bencher) {
    let text = &news("en")[..2000];
    bencher.counter(BytesCount::of_str(text)).bench(|| language(black_box(text)));
}
