//! English words with a meaning of their own for the readers.

use super::Lists;

pub(super) const LISTS: Lists = Lists {
    stop: "
        a about above across after again against ago all almost along already also although always am amid among
        an and another any anyone anything are aren't around as at away back be became because become been before
        began behind being below between both but by came can can't cannot come could couldn't did didn't do does
        doesn't doing don't done down due during each either else even ever every everyone few for from further
        get gets getting go goes going got had hadn't has hasn't have haven't having he he'd he'll he's her here
        hers herself him himself his how however i i'd i'll i'm i've if in including instead into is isn't it it'd
        it'll it's its itself just last later least less let like made make makes making many may me meanwhile
        might mine more moreover most much must mustn't my myself near nearly neither never next no nor not now
        of off often on once one only onto or other others our ours ourselves out over own per perhaps put rather
        really s said same say saying says see seen shall she she'd she'll she's should shouldn't since so some
        someone something soon still such t take taken than that that's the their theirs them themselves then
        there there's these they they'd they'll they're they've this those though through throughout thus till to
        together told too took toward towards two under unless until up upon us use used using very via want was
        wasn't way we we'd we'll we're we've well went were weren't what when where whether which while who whom
        whose why will with within without won't would wouldn't yet you you'd you'll you're you've your yours
        yourself yourselves mr mrs ms dr",
    weak: "
        broke brought built came cut died drew fell felt gave hit killed knew left lost meant met paid rose
        sent sold spent spoke spread struck thought voted went won wrote
        added adding agreed allowed announced appeared argued asked began believed called claimed confirmed
        continued declined described earlier emphasized expected explained expressed followed found gave given
        good great held highlighted hundreds important including known kept large larger led likely long
        main major making met millions need needed new noted noting old part possible present previous
        provided ran reached read received recent recently remained reported reportedly seemed seems set
        showed shown significant small stood stressed takes thousands took tried turned various wanted
        know knows lot lots nothing thing things think thinks time times year years",
    denials: "
        not never no nor neither none nobody nothing nowhere without cannot can't couldn't don't doesn't didn't
        won't wouldn't shouldn't mustn't isn't aren't wasn't weren't hasn't haven't hadn't ain't needn't mightn't
        deny denies denied denying denial refute refutes refuted refuting rebut rebutted dispute disputes disputed
        unable fails failed hardly barely untrue false falsely hoax baseless unfounded debunked",
    not_only: "only just merely least simply",
    months: [
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
        "september sept sep", "october oct", "november nov", "december dec",
    ],
    weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    cardinals: &[
        ("zero", 0.0), ("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("five", 5.0), ("six", 6.0),
        ("seven", 7.0), ("eight", 8.0), ("nine", 9.0), ("ten", 10.0), ("eleven", 11.0), ("twelve", 12.0),
        ("thirteen", 13.0), ("fourteen", 14.0), ("fifteen", 15.0), ("sixteen", 16.0), ("seventeen", 17.0),
        ("eighteen", 18.0), ("nineteen", 19.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0),
        ("fifty", 50.0), ("sixty", 60.0), ("seventy", 70.0), ("eighty", 80.0), ("ninety", 90.0), ("half", 0.5),
    ],
    scales: &[
        ("dozen", 12.0), ("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("mln", 1e6), ("mn", 1e6),
        ("mio", 1e6), ("billion", 1e9), ("bln", 1e9), ("bn", 1e9), ("trillion", 1e12), ("trn", 1e12),
        ("tn", 1e12),
    ],
    units: &[
        ("%", "percent pct percentage"), ("pp", "pp"), ("bp", "bp bps"),
        ("people", "people person persons resident residents inhabitant inhabitants"),
        ("employees", "employee employees worker workers staff"),
        ("mm", "millimetre millimetres millimeter millimeters mm"),
        ("cm", "centimetre centimetres centimeter centimeters cm"),
        ("m", "metre metres meter meters"), ("km", "kilometre kilometres kilometer kilometers km kms"),
        ("km/h", "kph kmh"), ("mi", "mile miles"), ("mph", "mph"), ("ft", "foot feet ft"), ("in", "inch inches"),
        ("ha", "hectare hectares ha"), ("acre", "acre acres"),
        ("g", "gram grams gramme grammes"), ("kg", "kilogram kilograms kilo kilos kg"),
        ("t", "tonne tonnes ton tons"), ("lb", "lb lbs"), ("oz", "ounce ounces oz"),
        ("l", "litre litres liter liters"), ("bbl", "barrel barrels bbl"), ("bpd", "bpd"),
        ("W", "watt watts"), ("kW", "kilowatt kilowatts kw"), ("MW", "megawatt megawatts mw"),
        ("GW", "gigawatt gigawatts gw"), ("kWh", "kwh"), ("MWh", "mwh"), ("GWh", "gwh"), ("TWh", "twh"),
        ("s", "second seconds"), ("min", "minute minutes"), ("h", "hour hours"), ("d", "day days"),
        ("week", "week weeks"), ("month", "month months"), ("year", "year years"), ("decade", "decade decades"),
        ("°C", "celsius"), ("°F", "fahrenheit"),
    ],
    currencies: &[
        ("USD", "usd dollar dollars dlr dlrs buck bucks"), ("EUR", "eur euro euros"),
        ("GBP", "gbp pound pounds sterling stg"), ("JPY", "jpy yen"), ("CNY", "cny rmb yuan renminbi"),
        ("RUB", "rub rouble roubles ruble rubles"), ("KZT", "kzt tenge tenges"), ("CHF", "chf"),
        ("INR", "inr rupee rupees"), ("TRY", "try lira liras"), ("UAH", "uah hryvnia hryvnias"),
        ("KRW", "krw won"), ("BRL", "brl reais"), ("PLN", "pln zloty zlotys"), ("CAD", "cad"), ("AUD", "aud"),
        ("DEM", "dem mark marks"), ("FRF", "frf franc francs"), ("cent", "cent cents ct cts"),
    ],
    particles: "of the de la del della di da do dos du van von der den bin ibn al el ben af ter ten y e",
    bodies: "
        academy agency archbishop assembly association bank battle bay bishop board bureau cape center centre chamber
        church city college commission committee community company confederation congress council court declaration
        department duke earl faculty federation fund government gulf house institute isle isles kingdom league
        library ministry museum office order organisation organization palace parliament party people port prince
        republic river school sea senate society state states strait straits tower treaty union university",
    honorifics: "mr mrs ms dr prof st gen sen rep gov lt col sgt capt adm rev hon maj no vs jr sr inc corp co ltd",
    titles: "
        president minister chancellor chairman chairwoman mayor governor senator secretary general colonel captain
        major king queen prince princess pope judge justice professor ambassador commissioner director chief sheriff
        detective officer sir lord lady doctor mr mrs ms dr",
    speech: "said says told added asked replied",
};
