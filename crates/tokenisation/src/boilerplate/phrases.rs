//! The fixed phrases of pages. Numbers stand as `#`.

use super::BoilerplateKind;

/// Longest phrase, in bytes.
const LONGEST: usize = 96;

/// The kind of a line that is one of the phrases as a whole.
#[rustfmt::skip]
pub(super) fn whole(plain: &str) -> Option<BoilerplateKind> {
    if plain.len() > LONGEST {
        return None;
    }
    use BoilerplateKind::{Advertisement, CommentPrompt, Copyright, Menu, Newsletter, PhotoCredit, ReadMore, Share};
    Some(match plain {
        "post a comment" | "post comment" | "# comments" | "# comment" | "comments" | "comments (#" | "comment" | "leave a comment"
        | "leave a reply" | "add a comment" | "add comment" | "no comments" | "no comments yet" | "be the first to comment"
        | "join the conversation" | "view comments" | "view all comments" | "show comments" | "hide comments" | "load more comments"
        | "write a comment" | "comments are closed" | "cancel reply" | "sign in to comment" | "log in to comment" | "to comment, please log in"
        | "комментарии" | "комментарии (#" | "# комментариев" | "# комментария" | "# комментарий" | "оставить комментарий"
        | "добавить комментарий" | "написать комментарий" | "комментировать" | "нет комментариев" | "комментариев нет"
        | "комментариев пока нет" | "показать комментарии" | "обсудить" | "войдите, чтобы оставить комментарий"
        | "пікірлер" | "пікірлер (#" | "# пікір" | "пікір қалдыру" | "пікір жазу" | "пікір қосу" | "пікір жоқ" => CommentPrompt,

        "close menu" | "open menu" | "main menu" | "menu" | "close" | "skip to content" | "skip to main content" | "skip navigation"
        | "toggle navigation" | "navigation" | "back to top" | "go to top" | "home" | "search" | "sign in" | "log in" | "login"
        | "log out" | "sign up" | "register" | "contact us" | "about us" | "privacy policy" | "terms of use" | "terms of service"
        | "terms and conditions" | "previous article" | "next article" | "previous post" | "next post" | "load more" | "show more"
        | "view all" | "see all" | "more news" | "top stories" | "latest news" | "most read" | "most popular" | "trending now" | "# min read"
        | "# minute read" | "# of #" | "# views" | "all rights" | "categories" | "tags"
        | "меню" | "закрыть меню" | "открыть меню" | "закрыть" | "главная" | "поиск" | "войти" | "вход" | "выйти" | "регистрация"
        | "контакты" | "о нас" | "о проекте" | "наверх" | "перейти к содержанию" | "показать ещё" | "показать еще" | "загрузить ещё"
        | "загрузить еще" | "все новости" | "последние новости" | "главные новости" | "лента новостей" | "самое читаемое" | "популярное"
        | "политика конфиденциальности" | "пользовательское соглашение" | "# мин. чтения" | "время чтения: # мин" | "# просмотров"
        | "мәзір" | "мәзірді жабу" | "басты бет" | "іздеу" | "кіру" | "тіркелу" | "байланыс" | "біз туралы" | "барлық жаңалықтар"
        | "соңғы жаңалықтар" => Menu,

        "subscribe" | "subscribe now" | "subscribe to continue reading" | "subscribe to read more"
        | "log in to continue reading" | "already a subscriber" | "already a subscriber? log in" | "newsletter" | "newsletters" | "get the newsletter" | "follow us" | "join us" | "подписаться"
        | "подписка" | "рассылка" | "жазылу" => Newsletter,

        "share" | "share this" | "share this article" | "share this story" | "share article" | "tweet" | "print" | "print this page"
        | "copy link" | "link copied" | "поделиться" | "распечатать" | "скопировать ссылку" | "бөлісу" => Share,

        "read more" | "read next" | "read also" | "also read" | "see also" | "more on this story" | "related" | "related articles"
        | "related news" | "also in the news" | "related posts" | "related stories" | "related topics" | "related content" | "you may also like"
        | "you might also like" | "recommended" | "recommended for you" | "more from this section" | "continue reading" | "read full article"
        | "click here" | "don't miss" | "up next" | "watch" | "listen" | "what to read next"
        | "читайте также" | "читать далее" | "читать дальше" | "читать полностью" | "подробнее" | "ещё по теме" | "еще по теме" | "по теме"
        | "смотрите также" | "материалы по теме" | "новости по теме" | "похожие новости" | "другие новости" | "рекомендуем"
        | "тағы оқыңыз" | "оқи отырыңыз" | "толығырақ" | "толық оқу" | "ұқсас жаңалықтар" => ReadMore,

        "advertisement" | "advertisements" | "ad" | "sponsored" | "sponsored content" | "story continues below advertisement"
        | "article continues below" | "article continues below advertisement" | "scroll to continue" | "continue reading below"
        | "реклама" | "на правах рекламы" | "жарнама" => Advertisement,

        "all rights reserved" | "все права защищены" | "барлық құқықтар қорғалған" => Copyright,
        "file photo" | "getty images" | "фото из архива" | "архивное фото" => PhotoCredit,
        _ => return None,
    })
}

/// The kind of a line that opens with one of the phrases and has nothing of its own to say.
pub(super) fn opening(plain: &str, line: &str) -> Option<BoilerplateKind> {
    use BoilerplateKind::{Byline, Cookie, Copyright, Menu, Newsletter, PhotoCredit, ReadMore, Share};
    if line.starts_with(['"', '“', '«', '‘', '\'']) {
        return None;
    }
    if line.starts_with('©')
        || plain.starts_with("(c) #")
        || plain.starts_with("copyright ") && plain.contains('#')
    {
        return Some(Copyright);
    }
    // Two bytes rule out most forms before a comparison is called.
    let first = plain.as_bytes().get(..2);
    let opens = |forms: &[&str]| {
        forms.iter().any(|form| form.as_bytes().get(..2) == first && plain.starts_with(form))
    };
    if opens(&[
        "read more:",
        "read also:",
        "also read:",
        "read next:",
        "see also:",
        "related:",
        "more:",
        "watch:",
        "don't miss:",
    ]) || opens(&[
        "читайте также:",
        "смотрите также:",
        "читайте еще:",
        "по теме:",
        "подробнее:",
        "тағы оқыңыз:",
        "оқи отырыңыз:",
    ]) || opens(&["previous:", "next:", "предыдущая:", "следующая:"]) && !line.ends_with('.')
        || opens(&["click here to ", "click here for ", "read the full "]) && !line.ends_with('.')
    {
        return Some(ReadMore);
    }
    if opens(&[
        "photo:",
        "photos:",
        "photo by ",
        "photo credit",
        "image:",
        "image credit",
        "picture:",
        "photograph:",
        "image source",
    ]) || opens(&[
        "фото:",
        "фотография:",
        "источник фото",
        "сурет:",
        "фото автора",
        "иллюстрация:",
        "скриншот",
    ]) {
        return Some(PhotoCredit).filter(|_| line.split_whitespace().count() <= 14);
    }
    if opens(&[
        "author:",
        "authors:",
        "by staff",
        "from our correspondent",
        "автор:",
        "авторы:",
        "автор текста",
        "корреспондент:",
        "авторы:",
    ]) || opens(&["by our correspondent", "by agencies", "by associated press", "мәтін:"])
    {
        return Some(Byline).filter(|_| line.split_whitespace().count() <= 8);
    }
    let reprinted = ["this article ", "this story ", "this report ", "this piece "].iter().any(|form| {
        let rest = plain.strip_prefix(form).unwrap_or_default();
        let rest = rest.strip_prefix("was ").unwrap_or(rest);
        let rest = rest.strip_prefix("first ").or(rest.strip_prefix("originally ")).unwrap_or_default();
        rest.starts_with("appeared ") || rest.starts_with("published ")
    });
    if reprinted
        || opens(&["source:", "sources:", "our standards:", "originally published", "first published"])
        || opens(&["источник:", "источники:", "первоисточник:", "дереккөз:"])
    {
        return Some(BoilerplateKind::Credit).filter(|_| line.split_whitespace().count() <= 14);
    }
    if opens(&["tags:", "topics:", "filed under", "categories:", "теги:", "тэги:", "рубрика:", "тегтер:"])
    {
        return Some(Menu).filter(|_| !line.ends_with('.'));
    }
    let asks = opens(&[
        "we use ",
        "we and our partners",
        "this site uses",
        "this website uses",
        "our site uses",
        "our website uses",
    ]) || opens(&[
        "by continuing",
        "by using this",
        "by clicking",
        "accept ",
        "manage ",
        "cookie settings",
        "cookie policy",
        "cookies",
    ]) || opens(&[
        "мы используем",
        "этот сайт использует",
        "наш сайт использует",
        "сайт использует",
        "продолжая",
    ]) || opens(&["біз ", "бұл сайт", "сайт cookie"]);
    if asks && (plain.contains("cookie") || plain.contains("куки")) {
        return Some(Cookie);
    }
    let invites = opens(&[
        "sign up for",
        "sign up to",
        "subscribe to",
        "follow us",
        "join our",
        "join us on",
        "get the latest",
        "get our ",
    ]) || opens(&[
        "download our",
        "подписывайтесь",
        "подписывайся",
        "подпишитесь",
        "подпишись",
        "читайте нас",
        "следите за нами",
    ]) || opens(&[
        "следите за нашими",
        "присоединяйтесь к",
        "больше новостей в",
        "оперативные новости в",
        "наш канал",
        "наш telegram",
    ]) || opens(&[
        "жазылыңыз",
        "біздің арна",
        "біздің telegram",
        "бізге жазыл",
        "телеграм арнамызға",
        "telegram арнамызға",
    ]);
    let subjects = [
        "newsletter",
        "inbox",
        "channel",
        "telegram",
        "whatsapp",
        "youtube",
        "instagram",
        "facebook",
        "twitter",
        "alerts",
        "updates",
        "канал",
        "телеграм",
        "рассылк",
        "соцсет",
        "новост",
        "арна",
        "жаңалық",
    ];
    let asks_for_tips =
        opens(&["do you have a story", "have you got a story", "got a story"]) && line.contains('@');
    if asks_for_tips || invites && subjects.iter().any(|subject| plain.contains(subject)) {
        return Some(Newsletter);
    }
    if opens(&["share this ", "share on ", "share via ", "поделиться в ", "поделиться новостью"])
        && line.split_whitespace().count() <= 6
    {
        return Some(Share);
    }
    let reserved = plain.ends_with("all rights reserved")
        || plain.ends_with("все права защищены")
        || plain.ends_with("барлық құқықтар қорғалған");
    reserved.then_some(Copyright)
}
