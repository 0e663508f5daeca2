//! Whether a name is a man's or a woman's: from "Mr." and the like, from closed lists of the commonest given
//! names of English-language and post-Soviet news, and from the endings of Slavic surnames.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// What pronoun a person takes, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// he
    Male,
    /// she
    Female,
}

const MALE: &str = "aaron abdul abdullah abraham adam adrian ahmad ahmed aidan alan albert alejandro aleksandr aleksei alex alexander alexei alexey alexis alfred ali alistair allen alvin amir anatoly andre andreas andrei andres andrew andriy andy anthony antonio arman arnold arthur artur askar aslan baurzhan barack barry bashar ben benjamin bernard bernie bill billy binyamin bob bobby boris brad bradley brandon brendan brent brett brian bruce bruno bryan byron calvin carl carlos carter cedric chad charles charlie chip chris christian christopher chuck clarence claude clay clayton cliff clifford clint clinton clive colin connor cory craig curt curtis cyril cyrus dale damian damon dan daniel daniyar danny darrell darren dave david dean dennis denis derek dick diego dimitri dirk dmitri dmitry dmytro dominic don donald doug douglas duncan dustin dwayne dwight earl ed eddie edgar edmund eduard eduardo edward edwin eli elijah elliot elon emmanuel enrique eric erik erlan ernest eugene evan evgeny felix fernando francis francisco francois frank franklin fred frederick gabriel galym gareth gary gavin gene geoffrey george gerald gerard gerhard gilbert giorgio giovanni glenn gordon graham grant greg gregory grigory guillermo gus guy hakan hamid hamza hank hans harold harry harvey hassan hector henri henry herbert herman howard hugh hugo hussein ian ibrahim igor ilham ilya imran irving isaac islam ismail ivan jack jackson jacob jacques jair jake jalen james jamie jan jared jason javier jay jean jeb jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy joachim joaquin joe joel joerg johan johannes john johnny jon jonathan jorge jose joseph josh joshua juan julian julius justin kamal karim karl kassym-jomart kanat keith ken kenneth kent kevin khalid kim kirill kirk konstantin kurt kyle lance larry lars laurence lawrence lee len leo leon leonard leonid leroy leslie lester lewis liam lindsey lionel lloyd logan lorenzo lou louis luca lucas luis luiz luke mahmoud malcolm manuel marat marc marcel marco marcos marcus mario mark marshall martin marty marvin mateo matt matteo matthew maurice max maxim mehdi mehmet michael michel miguel mike mikhail miles milton mitch mitchell mitt mohamed mohammad mohammed morgan moshe muhammad murat mustafa narendra nathan nathaniel neil nelson newt nicholas nick nico nicolas nicolas nigel nikita nikolai nikolay nikos noah noel norman nurlan nursultan oleg oleksandr olaf oliver olivier olzhas omar orlando oscar otto owen pablo paolo patrick paul pavel pedro perry pete peter petro phil philip philippe pierre prince rafael rahul raj ralph ramon ramzan rand randall randy raul ray raymond recep reggie reid reince rex ricardo richard rick ricky rob robby robert roberto rodney rodrigo roger roland roman ron ronald ronnie ross roy ruben rudolph rudy rupert russ russell ruslan ryan sajid salman salvador sam samir samuel sanjay saul scott sean sebastian serge sergei sergey sergio serik seth shane shaun shawn shinzo sidney silvio simon spencer stan stanislav stanley stefan stephen sterling steve steven stewart stuart sultan taylor ted terrence terry thaddeus theodore thomas tim timothy timur toby todd tom tommy tony travis trent trevor tucker tyler tyrone umar vadim valery vasily vernon victor viktor vincent vince vitaly vito vladimir volodymyr vyacheslav wade wallace walter warren wayne wendell wesley will william willie winston wolfgang xavier xi yaroslav yerlan yermek yevgeny yuri yuriy yury yusuf zach zachary zhang александр алексей анатолий андрей антон аркадий артем борис вадим валентин валерий василий виктор виталий владимир владислав вячеслав геннадий георгий григорий даниил денис дмитрий евгений егор иван игорь илья ильхам касым-жомарт кирилл константин лев леонид максим марат михаил нурсултан никита николай олег павел петр пётр рамзан роман руслан рустам сергей станислав тимур федор фёдор эдуард юрий ярослав аскар ерлан нурлан серик бауыржан қасым-жомарт данияр мұрат дональд джо барак эммануэль реджеп владимир олаф джон";
const FEMALE: &str = "abigail adele adriana agnes aigul aida aisha aizhan alejandra alexandra alice alicia alina alison allison alma amanda amber amelia amina amy ana anastasia andrea angela angelina anita ann anna anne annette annie april arianna ashley assel aung aurora barbara beatrice becky bella bernadette beth betsy betty beverly bonnie brenda brianna bridget britney brittany camilla candice carla carly carmen carol carole caroline carolyn carrie catherine cathy cecilia celeste charlene charlotte chelsea cheryl chloe christina christine cindy claire clara claudia colleen condoleezza connie crystal cynthia daisy dana danielle daria dariga dawn debbie deborah debra denise diana diane dianne dina dinara dolores donna dora doris dorothy ekaterina elaine eleanor elena eliza elizabeth ella ellen elsa emily emma erica erin esther eva eve evelyn faith fatima felicia fiona florence frances francesca gabriela gail gayle gennifer georgia gina giorgia gisele glenda gloria grace greta gretchen gulnara hannah harriet hazel heather heidi helen helena hillary hilary hope huma ida ingrid irene irina ivana iris isabel isabella ivanka jackie jacqueline jamala jane janet janice jasmine jean jeanne jen jenna jennifer jenny jessica jill jo joan joanna joanne jodi josephine joy joyce juanita judith judy julia julie june kamala karen karin kate katherine kathleen kathryn kathy katie katrina kay kayla kayleigh kelly kellyanne kendall kendra kerry kim kimberly kirsten kristen kristin kristina krystal lara larisa laura lauren leah leila lena leslie lidia lila lillian lily linda lindsay lisa liudmila lois loretta lori lorraine louise lucia lucy lydia lynn lynne lyudmila mackenzie madeleine madison magdalena maggie margaret maria marie marilyn marina marine marion marissa marjorie martha mary maryam maureen maxine megan meghan melania melanie melissa mercedes meredith meryl michelle mildred mindy miranda miriam molly monica muriel myra nadia nadezhda nancy naomi natalia natalie natalya natasha nazanin nichole nicola nicole nikki nina nora norma oksana olga olivia oprah paige pamela patricia patti paula pauline peggy penelope penny phyllis priscilla priya rachel ramona rebecca regina renee rhonda rita roberta robin rosa rosalind rose rosemary roxana roxanne ruth sabrina sally samantha sandra sara sarah sasha saule savannah sharon sheila shelly sheryl shirley sofia sonia sophia sophie stacey stacy stella stephanie sue susan susana suzanne svetlana sylvia tamara tammy tanya tara tatiana tatyana teresa tess theresa tiffany tina tracy ulrike ursula valentina valeria valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy whitney yelena yulia yvonne zara zhanna zoe александра алина алла анастасия анна валентина валерия вера вероника виктория галина дарига дарья диана евгения екатерина елена елизавета жанна зинаида инна ирина карина кристина лариса лидия любовь людмила маргарита марина мария наталия наталья надежда нина оксана ольга полина раиса светлана софья тамара татьяна ульяна юлия яна әсел айгүл динара сауле гульнара мадина ангела урсула хиллари";

fn given_names() -> &'static FxHashMap<&'static str, Gender> {
    static NAMES: OnceLock<FxHashMap<&'static str, Gender>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let men = MALE.split_whitespace().map(|n| (n, Gender::Male));
        let women = FEMALE.split_whitespace().map(|n| (n, Gender::Female));
        men.chain(women).collect()
    })
}

/// Whether a word is a given name that the lists hold.
pub(super) fn is_given_name(word: &str) -> bool {
    given_names().contains_key(word.to_lowercase().as_str())
}

/// The gender that a full name shows by its first word, a patronymic or a Slavic surname.
pub(super) fn of_name(words: &[&str]) -> Option<Gender> {
    let first = words.first()?.to_lowercase();
    if words.len() > 1
        && let Some(&gender) = given_names().get(first.as_str())
    {
        return Some(gender);
    }
    let by_ending =
        words.iter().skip(usize::from(words.len() > 1)).find_map(|w| of_ending(&w.to_lowercase()));
    // Given names in -a are women's but for those that the list of men's names holds.
    let in_a = words.len() == 2 && (first.ends_with('a') || first.ends_with('а'));
    by_ending.or(in_a.then_some(Gender::Female))
}

fn of_ending(word: &str) -> Option<Gender> {
    const WOMEN: &[&str] = &[
        "ova", "eva", "skaya", "ovna", "evna", "ова", "ева", "ёва", "ина", "ская", "цкая", "овна", "евна",
        "қызы",
    ];
    const MEN: &[&str] = &[
        "ov", "ev", "sky", "skiy", "ovich", "evich", "ов", "ев", "ёв", "ский", "цкий", "ович", "евич", "ұлы",
    ];
    let long = |ending: &&&str| word.len() > ending.len() + 2;
    if WOMEN.iter().filter(long).any(|e| word.ends_with(e)) {
        return Some(Gender::Female);
    }
    MEN.iter().filter(long).any(|e| word.ends_with(e)).then_some(Gender::Male)
}

/// The gender that a title or a role shows.
pub(super) fn of_title(word: &str) -> Option<Gender> {
    match word {
        "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "father" | "spokesman" | "chairman"
        | "congressman" | "pope" | "imam" | "sheikh" | "husband" | "son" | "businessman" | "г-н"
        | "господин" | "мырза" => Some(Gender::Male),
        "mrs" | "mrs." | "ms" | "ms." | "miss" | "lady" | "dame" | "queen" | "princess" | "spokeswoman"
        | "chairwoman" | "congresswoman" | "wife" | "daughter" | "mother" | "businesswoman" | "actress"
        | "г-жа" | "госпожа" | "ханым" => Some(Gender::Female),
        _ => None,
    }
}
