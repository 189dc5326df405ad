//! US cities with their state, a ZIP code of theirs and the area code of their telephones.

use crate::dice::Dice;

/// Where somebody lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// City.
    pub(crate) city: &'static str,
    /// Two-letter code of the state.
    pub(crate) state: &'static str,
    /// Five digits, some with leading zeros.
    pub(crate) zip: &'static str,
    /// Of the telephone.
    pub(crate) area_code: &'static str,
}

/// City, state, ZIP codes, area code.
const CITIES: [(&str, &str, &[&str], &str); 64] = [
    ("Boston", "MA", &["02108", "02115", "02127", "02130"], "617"),
    ("Worcester", "MA", &["01602", "01605"], "508"),
    ("Springfield", "MA", &["01103", "01108"], "413"),
    ("Providence", "RI", &["02903", "02906", "02909"], "401"),
    ("Hartford", "CT", &["06103", "06106"], "860"),
    ("New Haven", "CT", &["06511", "06513"], "203"),
    ("Manchester", "NH", &["03101", "03104"], "603"),
    ("Portland", "ME", &["04101", "04103"], "207"),
    ("Burlington", "VT", &["05401"], "802"),
    ("Newark", "NJ", &["07102", "07104", "07107"], "973"),
    ("Jersey City", "NJ", &["07302", "07305"], "201"),
    ("Trenton", "NJ", &["08608", "08611"], "609"),
    ("New York", "NY", &["10002", "10025", "10033"], "212"),
    ("Brooklyn", "NY", &["11206", "11215", "11226"], "718"),
    ("Buffalo", "NY", &["14201", "14215"], "716"),
    ("Rochester", "NY", &["14607", "14621"], "585"),
    ("Philadelphia", "PA", &["19103", "19124", "19147"], "215"),
    ("Pittsburgh", "PA", &["15206", "15217"], "412"),
    ("Wilmington", "DE", &["19801", "19805"], "302"),
    ("Baltimore", "MD", &["21201", "21224"], "410"),
    ("Silver Spring", "MD", &["20902", "20910"], "301"),
    ("Washington", "DC", &["20001", "20009", "20019"], "202"),
    ("Richmond", "VA", &["23220", "23223"], "804"),
    ("Charlotte", "NC", &["28205", "28213"], "704"),
    ("Raleigh", "NC", &["27604", "27610"], "919"),
    ("Columbia", "SC", &["29201", "29203"], "803"),
    ("Atlanta", "GA", &["30308", "30310", "30318"], "404"),
    ("Savannah", "GA", &["31401", "31405"], "912"),
    ("Jacksonville", "FL", &["32205", "32216"], "904"),
    ("Miami", "FL", &["33125", "33142", "33178"], "305"),
    ("Orlando", "FL", &["32808", "32822"], "407"),
    ("Tampa", "FL", &["33604", "33614"], "813"),
    ("Birmingham", "AL", &["35203", "35211"], "205"),
    ("Nashville", "TN", &["37206", "37211"], "615"),
    ("Memphis", "TN", &["38106", "38116"], "901"),
    ("Louisville", "KY", &["40203", "40214"], "502"),
    ("Columbus", "OH", &["43205", "43211"], "614"),
    ("Cleveland", "OH", &["44102", "44113"], "216"),
    ("Detroit", "MI", &["48202", "48209"], "313"),
    ("Dearborn", "MI", &["48120", "48126"], "313"),
    ("Indianapolis", "IN", &["46203", "46219"], "317"),
    ("Chicago", "IL", &["60608", "60618", "60639"], "312"),
    ("Milwaukee", "WI", &["53204", "53215"], "414"),
    ("Minneapolis", "MN", &["55404", "55411"], "612"),
    ("Des Moines", "IA", &["50310", "50315"], "515"),
    ("St. Louis", "MO", &["63104", "63118"], "314"),
    ("Kansas City", "MO", &["64108", "64127"], "816"),
    ("Omaha", "NE", &["68104", "68107"], "402"),
    ("Little Rock", "AR", &["72204", "72209"], "501"),
    ("New Orleans", "LA", &["70117", "70119"], "504"),
    ("Oklahoma City", "OK", &["73106", "73119"], "405"),
    ("Houston", "TX", &["77004", "77036", "77081"], "713"),
    ("Dallas", "TX", &["75208", "75217", "75231"], "214"),
    ("San Antonio", "TX", &["78207", "78228"], "210"),
    ("El Paso", "TX", &["79905", "79924"], "915"),
    ("Denver", "CO", &["80204", "80219"], "303"),
    ("Albuquerque", "NM", &["87105", "87108"], "505"),
    ("Phoenix", "AZ", &["85008", "85033"], "602"),
    ("Las Vegas", "NV", &["89101", "89121"], "702"),
    ("Salt Lake City", "UT", &["84104", "84115"], "801"),
    ("Los Angeles", "CA", &["90011", "90026", "90044"], "213"),
    ("San Diego", "CA", &["92105", "92114"], "619"),
    ("Seattle", "WA", &["98108", "98118"], "206"),
    ("Honolulu", "HI", &["96817", "96819"], "808"),
];

/// A place from the list.
pub(crate) fn place(dice: &mut Dice) -> Place {
    let (city, state, zips, area_code) = dice.pick(&CITIES);
    Place { city, state, zip: dice.pick(zips), area_code }
}

/// House number, street, and sometimes the apartment on a line of its own.
pub(crate) fn street(dice: &mut Dice) -> String {
    const NAMES: [&str; 24] = [
        "Maple",
        "Oak",
        "Cedar",
        "Elm",
        "Washington",
        "Lincoln",
        "Jefferson",
        "Franklin",
        "Highland",
        "Park",
        "Church",
        "Mill",
        "River",
        "Lake",
        "Spring",
        "Sunset",
        "Hickory",
        "Walnut",
        "Chestnut",
        "Madison",
        "Union",
        "Prospect",
        "Meadow",
        "Juniper",
    ];
    const KINDS: [&str; 8] = ["Street", "Avenue", "Road", "Lane", "Drive", "Court", "Boulevard", "Place"];
    let (name, kind) = (dice.pick(&NAMES), dice.pick(&KINDS));
    let house = dice.between(2, 9_899);
    match dice.below(10) {
        0 | 1 => format!("{house} {name} {kind}\nApt {}", dice.between(1, 48)),
        2 => format!("{house} {name} {kind}, Unit {}", dice.pick(&["A", "B", "C", "2F", "3R"])),
        _ => format!("{house} {name} {kind}"),
    }
}
