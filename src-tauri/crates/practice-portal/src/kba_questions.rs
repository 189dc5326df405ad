//! Questions that only the client can answer, made from the client's own record and from what others might have.

use crate::{dice::Dice, records::Record, resources::furnishers::COMPANIES, stored};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A question with its choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    id: String,
    text: &'static str,
    choices: Vec<String>,
    /// Place of the right choice.
    right: usize,
}

/// What is asked, in the order that sets are drawn from.
const TEXTS: [&str; 5] = [
    "On which of these streets do you live?",
    "In which of these cities do you live?",
    "In which year were you born?",
    "Which of these is your mobile number?",
    "With which of these companies have you never had an account?",
];

/// So many different questions about a client.
pub(crate) fn questions(dice: &mut Dice, client: &Record, wanted: usize) -> Vec<Question> {
    let mut kinds: Vec<usize> = (0..TEXTS.len()).collect();
    let mut drawn = Vec::new();
    while drawn.len() < wanted && !kinds.is_empty() {
        let place = usize::try_from(dice.below(kinds.len() as u64)).unwrap_or_default();
        let kind = kinds.remove(place);
        drawn.push(question(dice, client, kind));
    }
    drawn
}

fn question(dice: &mut Dice, client: &Record, kind: usize) -> Question {
    const STREETS: [&str; 6] = ["Alder Way", "Birch Street", "Coral Avenue", "Dover Road", "Ember Lane", "Fern Court"];
    const CITIES: [&str; 6] = ["Akron", "Boise", "Fresno", "Laredo", "Spokane", "Tulsa"];
    let attribute = |name: &str| {
        client.get("attributes").and_then(|attributes| attributes.get(name)?.as_str()).unwrap_or_default().to_owned()
    };
    let (right, others): (String, Vec<String>) = match kind {
        0 => {
            let street: String = attribute("MailingStreet").lines().next().unwrap_or_default().into();
            let name = street.split_once(' ').map_or(street.clone(), |(_, name)| name.to_owned());
            (name, some(dice, &STREETS))
        }
        1 => (attribute("MailingCity"), some(dice, &CITIES)),
        2 => {
            let year: i64 = attribute("D_O_B__c").chars().take(4).collect::<String>().parse().unwrap_or(1980);
            let first = dice.between(1, 4);
            (year.to_string(), (0..3).map(|step| (year + first + step * 3).to_string()).collect())
        }
        3 => {
            let own = stored::text(client, "mobile_phone");
            let ending: String = own.chars().skip(own.chars().count().saturating_sub(4)).collect();
            (format!("ends in {ending}"), (0..3).map(|_| format!("ends in {}", dice.digits(4))).collect())
        }
        _ => {
            let companies: Vec<&str> = COMPANIES.iter().map(|(name, _)| *name).collect();
            // Nobody's accounts are with a bank that does not exist even here.
            ("Vermillion Coast Bank".into(), some(dice, &companies))
        }
    };
    let place = usize::try_from(dice.below(4)).unwrap_or_default();
    let mut choices: Vec<String> = others.into_iter().filter(|other| *other != right).take(3).collect();
    let place = place.min(choices.len());
    choices.insert(place, right);
    Question {
        id: format!("{}", dice.below(900_000) + 100_000),
        text: TEXTS.get(kind).copied().unwrap_or_default(),
        choices,
        right: place,
    }
}

/// Three of them, each once.
fn some(dice: &mut Dice, from: &[&str]) -> Vec<String> {
    let mut left: Vec<&str> = from.to_vec();
    let mut drawn = Vec::new();
    while drawn.len() < 3 && !left.is_empty() {
        let place = usize::try_from(dice.below(left.len() as u64)).unwrap_or_default();
        drawn.push(left.remove(place).to_owned());
    }
    drawn
}

impl Question {
    /// As it is documented.
    pub(crate) fn shown(&self) -> Value {
        let answers: Vec<Value> = self
            .choices
            .iter()
            .enumerate()
            .map(|(place, text)| json!({ "id": self.answer_id(place), "text": text }))
            .collect();
        json!({ "id": self.id, "text": self.text, "answers": answers })
    }

    /// Whether the right choice is among the answers.
    pub(crate) fn is_answered_by(&self, given: &BTreeMap<String, String>) -> bool {
        given.get(&self.id).is_some_and(|answer| *answer == self.answer_id(self.right))
    }

    fn answer_id(&self, place: usize) -> String {
        format!("{}{}", self.id, place + 1)
    }
}
