//! Filling shortcodes for previews, as a server does it: what it knows is filled in, the rest stays in its brackets.
//!
//! Names match whatever their case, spaces, `_` and `-`. Variables win over snippets of the same name; a state-related
//! snippet is chosen by the client's state. The desk resolves its letters by itself; this is only the server's preview.

use crate::{
    dice::Dice,
    portal::Portal,
    problem::Problem,
    records::Record,
    resources::{clients, snippets, templates::Block, users},
};
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// The company that the practice portal belongs to.
const COMPANY: &str = "Practice Credit Services";
/// Snippets inside snippets are followed this far.
const DEEPEST: usize = 8;
/// A preview ends here, whatever its snippets say.
const LONGEST: usize = 1 << 20;

/// The name of a US state by its code.
pub(crate) fn state_name(code: &str) -> Option<&'static str> {
    domain::us_state_name(code)
}

/// What shortcodes stand for.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Escaped for HTML, by normal name.
    variables: BTreeMap<String, String>,
    /// HTML by normal name and state.
    snippets: BTreeMap<(String, Option<String>), String>,
    state: Option<String>,
}

impl Names {
    /// Everything that can be filled for this client, or without one, when this account asks.
    pub(crate) async fn gather(
        portal: &Portal,
        db: &mut SqliteConnection,
        client: Option<i64>,
        user: Option<i64>,
    ) -> Result<Self, Problem> {
        let mut names = Names::default();
        for snippet in snippets::TABLE.all(db).await? {
            let text = |name: &str| snippet.get(name).and_then(Value::as_str).map(str::to_owned);
            if let (Some(name), Some(html)) = (text("name"), text("content")) {
                names.snippets.insert((normal(&name), text("state_code")), html);
            }
        }
        if let Some(user) = user
            && let Some(user) = users::TABLE.get(db, user).await?
        {
            names.set("AgentName", &joined(&user, &["first_name", "last_name"], " "));
        }
        names.set("CompanyName", COMPANY);
        names.set("Date", &portal.clock.now().strftime("%B %-d, %Y").to_string());
        if let Some(client) = client
            && let Some(client) = clients::TABLE.get(db, client).await?
        {
            names.add_client(&client);
        }
        Ok(names)
    }

    fn add_client(&mut self, client: &Record) {
        let Some(attributes) = client.get("attributes").and_then(Value::as_object) else { return };
        for (name, value) in attributes {
            match value {
                Value::String(text) => self.set(name, text),
                Value::Number(number) => self.set(name, &number.to_string()),
                _ => {}
            }
        }
        let region = joined(attributes, &["MailingState", "MailingPostalCode"], " ");
        let town = joined(attributes, &["MailingCity"], "");
        let street = joined(attributes, &["MailingStreet"], "");
        self.set("ClientName", &joined(attributes, &["FirstName", "MiddleName", "LastName"], " "));
        self.set("ClientAddress", &format!("{street}, {town}, {region}"));
        let state = joined(attributes, &["MailingState"], "");
        self.set("ClientState", state_name(&state).unwrap_or(&state));
        self.state = Some(state);
        if let Some(born) = attributes.get("D_O_B__c").and_then(Value::as_str)
            && let Ok(born) = born.parse::<jiff::civil::Date>()
        {
            self.set("DateOfBirth", &born.strftime("%m/%d/%Y").to_string());
        }
        if let Some(ssn) = client.get("ssn").and_then(Value::as_i64) {
            self.set("SSNLast4", &format!("{:04}", ssn % 10_000));
        }
    }

    fn set(&mut self, name: &str, text: &str) {
        self.variables.insert(normal(name), escape(text));
    }

    /// Fills what is known.
    pub(crate) fn fill(&self, html: &str) -> String {
        let mut filled = String::new();
        self.fill_into(&mut filled, html, 0);
        filled
    }

    fn fill_into(&self, filled: &mut String, html: &str, depth: usize) {
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('[') {
            filled.push_str(before);
            if filled.len() > LONGEST {
                return;
            }
            if let Some(literal) = after.strip_prefix('[') {
                filled.push('[');
                rest = literal;
                continue;
            }
            let Some((name, tail)) = after.split_once(']') else {
                filled.push('[');
                rest = after;
                break;
            };
            let key = normal(name);
            if let Some(text) = self.variables.get(&key) {
                filled.push_str(text);
            } else if let Some(snippet) = self.snippet(&key).filter(|_| depth < DEEPEST) {
                self.fill_into(filled, snippet, depth + 1);
            } else {
                filled.push('[');
                rest = after;
                continue;
            }
            rest = tail;
        }
        filled.push_str(rest);
    }

    fn snippet(&self, key: &str) -> Option<&str> {
        let by_state = self.snippets.get(&(key.to_owned(), self.state.clone()));
        by_state.or_else(|| self.snippets.get(&(key.to_owned(), None))).map(String::as_str)
    }
}

/// One block of each section, in the order opening, body, closing, then by first appearance.
pub(crate) fn one_per_section(blocks: Vec<Block>, dice: &mut Dice) -> String {
    let mut sections: Vec<(String, Vec<String>)> =
        ["opening", "body", "closing"].map(|name| (name.to_owned(), Vec::new())).into();
    for block in blocks {
        let name = block.section.unwrap_or_default();
        match sections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, texts)) => texts.push(block.html),
            None => sections.push((name, vec![block.html])),
        }
    }
    let mut draw = |texts: &Vec<String>| dice.pick(&texts.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
    sections.iter().map(|(_, texts)| draw(texts)).collect()
}

/// Draws one of each `{a|b|{c|d}}`. Braces without a partner stay as they are.
pub(crate) fn choose(text: &str, dice: &mut Dice) -> String {
    /// The alternatives of one open brace; the outermost level has one.
    struct Level(Vec<String>);
    let mut levels = vec![Level(vec![String::new()])];
    for letter in text.chars() {
        let depth = levels.len();
        let Some(Level(alternatives)) = levels.last_mut() else { break };
        match letter {
            '{' => levels.push(Level(vec![String::new()])),
            '|' if depth > 1 => alternatives.push(String::new()),
            '}' if depth > 1 => {
                let drawn = dice.pick(&alternatives.iter().map(String::as_str).collect::<Vec<_>>()).to_owned();
                levels.pop();
                append(&mut levels.last_mut().map(|level| &mut level.0), &drawn);
            }
            letter => append(&mut Some(alternatives), letter.encode_utf8(&mut [0; 4])),
        }
    }
    let mut open = levels.into_iter();
    let mut chosen = open.next().map(|level| level.0.concat()).unwrap_or_default();
    for Level(alternatives) in open {
        chosen.push('{');
        chosen.push_str(&alternatives.join("|"));
    }
    chosen
}

fn append(alternatives: &mut Option<&mut Vec<String>>, text: &str) {
    if let Some(last) = alternatives.as_mut().and_then(|alternatives| alternatives.last_mut()) {
        last.push_str(text);
    }
}

fn joined(record: &Record, names: &[&str], between: &str) -> String {
    let parts: Vec<&str> =
        names.iter().filter_map(|name| record.get(*name)?.as_str()).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

fn normal(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_win_and_what_is_unknown_stays_in_its_brackets() {
        let mut names = Names::default();
        names.set("First Name", "Zoë <b>");
        names.snippets.insert(("hello".into(), None), "Hello [first_name], [Hello2] [Unknown]".into());
        names.snippets.insert(("firstname".into(), None), "never".into());
        assert_eq!(names.fill("[Hello]! [[x] [open"), "Hello Zoë &lt;b&gt;, [Hello2] [Unknown]! [x] [open");
    }

    #[test]
    fn a_snippet_that_names_itself_ends() {
        let mut names = Names::default();
        names.snippets.insert(("loop".into(), None), "a[Loop]".into());
        assert!(names.fill("[Loop]").len() < 100);
    }

    #[test]
    fn the_clients_state_chooses_the_snippet() {
        let mut names = Names { state: Some("NY".into()), ..Names::default() };
        names.snippets.insert(("notice".into(), Some("NY".into())), "New York".into());
        names.snippets.insert(("notice".into(), None), "general".into());
        assert_eq!(names.fill("[Notice]"), "New York");
        names.state = Some("OH".into());
        assert_eq!(names.fill("[Notice]"), "general");
    }

    #[test]
    fn choices_draw_one_alternative_each_and_keep_lone_braces() {
        let mut seen = std::collections::BTreeSet::new();
        for stream in 0..64 {
            seen.insert(choose("{a|b{1|2}}-x|y}", &mut Dice::new(1, stream)));
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["a-x|y}", "b1-x|y}", "b2-x|y}"]);
        assert_eq!(choose("open {a|b", &mut Dice::new(1, 1)), "open {a|b");
    }
}
