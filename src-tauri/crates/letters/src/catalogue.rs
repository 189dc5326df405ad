//! The shortcodes that letters know: what help pages and editors list.
//!
//! The table is what [`Facts`] fills, and a test holds the two together. A client's dynamic attributes come on top, by
//! their own names; a company's snippets too.

use crate::dates;
use crate::error::KnownIn;
use crate::items::DisputedItem;
use crate::variables::{Variables, normal_name};
use domain::{Client, Recipient, RecipientKind, us_state_name};
use jiff::civil::Date;

/// What a shortcode is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The client.
    Client,
    /// Whom the letter goes to.
    Recipient,
    /// The disputed items together.
    Items,
    /// One item: between `[EachItem]` and `[/EachItem]`, or anywhere in a letter about one item.
    Item,
    /// Who prepares the letter.
    Agent,
    /// The credit-repair company.
    Company,
    /// The letter itself.
    Letter,
    /// A fax cover page.
    Fax,
}

/// A shortcode and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcode {
    /// Its name, to be written in brackets. Case, spaces, `_` and `-` do not count.
    pub name: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// What it prints, in words.
    pub meaning: &'static str,
    /// What it prints, by example.
    pub example: &'static str,
}

/// Every shortcode that letters know without a company's own attributes and snippets.
#[must_use]
pub fn catalogue() -> &'static [Shortcode] {
    const fn code(name: &'static str, subject: Subject, meaning: &'static str, example: &'static str) -> Shortcode {
        Shortcode { name, subject, meaning, example }
    }
    use Subject::{Agent, Client, Company, Fax, Item, Items, Letter, Recipient};
    const ALL: &[Shortcode] = &[
        code("FirstName", Client, "Given name", "Maria"),
        code("MiddleName", Client, "Middle name or initial; nothing when there is none", "J."),
        code("LastName", Client, "Family name", "Lopez"),
        code("ClientName", Client, "Full name", "Maria J. Lopez"),
        code("ClientAddress", Client, "Mailing address on one line", "14 Peachtree Street, Decatur, GA 30030"),
        code("MailingStreet", Client, "Street of the mailing address", "14 Peachtree Street"),
        code("MailingCity", Client, "City of the mailing address", "Decatur"),
        code("MailingState", Client, "State of the mailing address, two letters", "GA"),
        code("MailingPostalCode", Client, "ZIP code of the mailing address", "30030"),
        code("ClientState", Client, "State of the mailing address in words", "Georgia"),
        code("ClientEmail", Client, "E-mail address; nothing when there is none", "maria@example.com"),
        code("ClientPhone", Client, "First telephone number; nothing when there is none", "404-555-0100"),
        code("DateOfBirth", Client, "Date of birth; formats as for Date", "03/05/1980"),
        code("SSNLast4", Client, "Last four digits of the SSN; in letters to bureaus only", "6789"),
        code("RecipientName", Recipient, "Whom the letter goes to", "Equifax Information Services LLC"),
        code(
            "RecipientAddress",
            Recipient,
            "Its address on one line; nothing when there is none",
            "P.O. Box 740256, Atlanta, GA 30374",
        ),
        code("RecipientFax", Recipient, "Its fax number; nothing when there is none", "404-555-0199"),
        code("RecipientKind", Recipient, "“bureau”, “furnisher” or “other”", "bureau"),
        code("BureauName", Recipient, "The bureau, in letters to bureaus only", "Equifax"),
        code("FurnisherName", Recipient, "The furnisher, in letters to furnishers only", "Midland Credit Management"),
        code("NegativeItems", Items, "The table of the disputed items; also ItemsTable", "(a table)"),
        code("ItemCount", Items, "How many items are disputed", "3"),
        code("Reasons", Items, "The reasons of all items, each once", "This account is not mine."),
        code("EachItem", Items, "Begins what is repeated for each item; ends with [/EachItem]", "(a loop)"),
        code("ItemNumber", Item, "The item's number in the table", "1"),
        code("ItemCreditor", Item, "Creditor or collector", "MIDLAND CREDIT MGMT"),
        code("ItemAccount", Item, "Account number, masked", "****1234"),
        code("ItemType", Item, "Kind of account", "Collection"),
        code("ItemAmount", Item, "Amount in dispute", "$1,234.50"),
        code("ItemDate", Item, "Date in dispute; formats as for Date", "03/05/2024"),
        code("ItemReason", Item, "Why it is disputed", "This account is not mine."),
        code("ItemCode", Item, "The bureau's claim code", "103"),
        code("AgentName", Agent, "Who prepares the letter", "Dana Agent"),
        code("CompanyName", Company, "The credit-repair company", "Clear Credit LLC"),
        code("CompanyAddress", Company, "Its address on one line", "1 Main Street, Boise, ID 83702"),
        code("CompanyPhone", Company, "Its telephone number", "208-555-0100"),
        code("CompanyFax", Company, "Its fax number", "208-555-0101"),
        code(
            "Date",
            Letter,
            "The letter's date; [Date: short], [Date: iso] and patterns such as [Date: DD MMM YYYY] write it otherwise",
            "March 5, 2026",
        ),
        code("Signature", Letter, "Where the signature block goes", "(room to sign)"),
        code("FaxTo", Fax, "Whom the fax goes to", "Equifax Information Services LLC"),
        code("FaxNumber", Fax, "The number it goes to", "404-555-0199"),
        code("FaxFrom", Fax, "Whose fax it is", "Maria Lopez"),
        code("FaxPages", Fax, "How many pages it has, the cover included", "5"),
        code("FaxSubject", Fax, "What it is about", "Dispute of information"),
        code("FaxNote", Fax, "A remark; nothing when there is none", "Please confirm receipt."),
    ];
    ALL
}

/// Where a shortcode is known that a letter's own variables do not have.
pub(crate) fn known_in(normal: &str) -> Option<KnownIn> {
    let code = catalogue().iter().find(|code| normal_name(code.name) == normal);
    match code.map(|code| (code.subject, code.name)) {
        Some((_, "SSNLast4" | "BureauName")) => Some(KnownIn::Bureaus),
        Some((_, "FurnisherName")) => Some(KnownIn::Furnishers),
        Some((Subject::Fax, _)) => Some(KnownIn::FaxCovers),
        Some((Subject::Company, _)) => Some(KnownIn::Company),
        None if of_ssn(normal) => Some(KnownIn::Bureaus),
        _ => None,
    }
}

/// Whether a client's attribute may hold a Social Security number.
fn of_ssn(name: &str) -> bool {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    // `SS_Number__c`, `SS#`: as words, because "business name" has the letters of "SSN" too.
    let spelled = words.windows(2).any(|pair| matches!(pair, ["ss", next] if next.is_empty() || next.starts_with('n')));
    name.contains("ssn") || name.contains("social") || spelled
}

/// The credit-repair company, as letters name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Its address on one line.
    pub address: String,
    /// Its telephone number.
    pub phone: String,
    /// Its fax number.
    pub fax: String,
}

/// What the values of a letter's shortcodes come from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The client.
    pub client: &'a Client,
    /// Whom the letter goes to.
    pub recipient: &'a Recipient,
    /// What is disputed.
    pub items: &'a [DisputedItem],
    /// Who prepares the letter.
    pub agent: &'a str,
    /// The company, when it is known.
    pub company: Option<&'a Company>,
    /// The letter's date.
    pub date: Date,
}

impl Facts<'_> {
    /// The values: the client's attributes by their own names, then what the catalogue lists. A letter to anyone
    /// but a bureau carries no part of the SSN: a shortcode of it is unknown there.
    #[must_use]
    pub fn variables(&self) -> Variables {
        let Self { client, recipient, items, agent, company, date } = *self;
        let to_bureau = matches!(recipient.kind, RecipientKind::Bureau(_));
        let mut variables = Variables::new();
        for (name, value) in &client.attributes {
            if to_bureau || !of_ssn(name) {
                variables.insert(name.clone(), value.clone());
            }
        }
        variables.insert("FirstName", client.name.first.clone());
        variables.insert_optional("MiddleName", client.name.middle.clone());
        variables.insert("LastName", client.name.last.clone());
        variables.insert("ClientName", client.name.full());
        variables.insert("ClientAddress", client.mailing.lines().join(", "));
        variables.insert("MailingStreet", client.mailing.street.clone());
        variables.insert("MailingCity", client.mailing.city.clone());
        variables.insert("MailingState", client.mailing.state.clone());
        variables.insert("MailingPostalCode", client.mailing.zip.clone());
        let state = client.mailing.state.trim();
        variables.insert("ClientState", us_state_name(state).unwrap_or(state));
        variables.insert_optional("ClientEmail", client.email.clone().unwrap_or_default());
        variables.insert_optional("ClientPhone", client.phones.first().cloned().unwrap_or_default());
        variables.insert_short_date("DateOfBirth", client.birth_date);
        if to_bureau {
            variables.insert("SSNLast4", client.ssn.as_ref().map(domain::Ssn::last_four).unwrap_or_default());
        }
        variables.insert("RecipientName", recipient.name.clone());
        let address = recipient.address.as_ref().map(|address| address.lines().join(", "));
        variables.insert_optional("RecipientAddress", address.unwrap_or_default());
        variables.insert_optional("RecipientFax", recipient.fax_number.clone().unwrap_or_default());
        match recipient.kind {
            RecipientKind::Bureau(bureau) => {
                variables.insert("RecipientKind", "bureau");
                variables.insert("BureauName", bureau.to_string());
            }
            RecipientKind::Furnisher(_) => {
                variables.insert("RecipientKind", "furnisher");
                variables.insert("FurnisherName", recipient.name.clone());
            }
            RecipientKind::Addressee(_) => {
                variables.insert("RecipientKind", "other");
            }
        }
        variables.insert("ItemCount", items.len().to_string());
        let mut reasons: Vec<&str> = Vec::new();
        for item in items {
            if !reasons.contains(&item.reason.as_str()) {
                reasons.push(&item.reason);
            }
        }
        variables.insert("Reasons", reasons.join(" "));
        variables.insert("AgentName", agent);
        if let Some(company) = company {
            variables.insert("CompanyName", company.name.clone());
            variables.insert("CompanyAddress", company.address.clone());
            variables.insert("CompanyPhone", company.phone.clone());
            variables.insert("CompanyFax", company.fax.clone());
        }
        variables.insert_date("Date", Some(date));
        variables
    }
}

/// A field of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemField {
    Number,
    Creditor,
    Account,
    Type,
    Amount,
    Date,
    Reason,
    Code,
}

/// The field that a shortcode of one item names.
pub(crate) fn item_field(normal_name: &str) -> Option<ItemField> {
    match normal_name {
        "itemnumber" => Some(ItemField::Number),
        "itemcreditor" => Some(ItemField::Creditor),
        "itemaccount" => Some(ItemField::Account),
        "itemtype" => Some(ItemField::Type),
        "itemamount" => Some(ItemField::Amount),
        "itemdate" => Some(ItemField::Date),
        "itemreason" => Some(ItemField::Reason),
        "itemcode" => Some(ItemField::Code),
        _ => None,
    }
}

impl ItemField {
    /// Whether a letter that names it needs a value.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, ItemField::Creditor | ItemField::Account | ItemField::Reason)
    }

    /// What it prints; `None` when the format does not exist for it.
    pub(crate) fn text(self, number: usize, item: &DisputedItem, format: Option<&str>) -> Option<String> {
        if let Some(format) = format {
            return match (self, item.date) {
                (ItemField::Date, Some(date)) => dates::written(date, format),
                (ItemField::Date, None) => Some(String::new()),
                _ => None,
            };
        }
        Some(match self {
            ItemField::Number => number.to_string(),
            ItemField::Creditor => item.creditor.clone(),
            ItemField::Account => item.account_number.clone(),
            ItemField::Type => item.kind.clone(),
            ItemField::Amount => item.amount.map_or_else(String::new, |amount| amount.to_string()),
            ItemField::Date => item.date.and_then(|date| dates::written(date, "short")).unwrap_or_default(),
            ItemField::Reason => item.reason.clone(),
            ItemField::Code => item.code.clone().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{AddresseeId, Bureau, ClientId, FurnisherId, PersonName, PostalAddress};
    use std::collections::{BTreeMap, BTreeSet};

    fn client() -> Client {
        Client {
            id: ClientId(1),
            key: None,
            name: PersonName { first: "Maria".into(), middle: String::new(), last: "Lopez".into() },
            email: None,
            phones: Vec::new(),
            ssn: domain::Ssn::parse("123456789").ok(),
            birth_date: Some(Date::constant(1980, 3, 5)),
            mailing: PostalAddress::default(),
            attributes: BTreeMap::from([
                ("SSN__c".to_owned(), "123-45-6789".to_owned()),
                ("Nickname".to_owned(), "Mia".to_owned()),
            ]),
        }
    }

    fn variables(kind: RecipientKind) -> Variables {
        let recipient = Recipient { kind, name: "R".into(), address: None, fax_number: None };
        let company = Company::default();
        let client = client();
        let facts = Facts {
            client: &client,
            recipient: &recipient,
            items: &[],
            agent: "Dana",
            company: Some(&company),
            date: Date::constant(2026, 3, 5),
        };
        facts.variables()
    }

    #[test]
    fn an_attribute_that_holds_a_social_security_number_is_known_by_its_name() {
        for name in ["SSN__c", "Social_Security__c", "ssnLast4", "SS_Number__c", "SS#", "SS No"] {
            assert!(of_ssn(name), "{name}");
        }
        for name in ["FirstName", "Address_Name", "Class_Number", "SS"] {
            assert!(!of_ssn(name), "{name}");
        }
    }

    #[test]
    fn the_catalogue_lists_what_letters_fill() {
        let own = ["ssnc", "nickname"];
        let mut filled: BTreeSet<String> = BTreeSet::new();
        for kind in [RecipientKind::Bureau(Bureau::Equifax), RecipientKind::Furnisher(FurnisherId(1))] {
            filled.extend(variables(kind).iter().map(|(name, _)| normal_name(name)));
        }
        filled.retain(|name| !own.contains(&name.as_str()));
        let listed: BTreeSet<String> = catalogue()
            .iter()
            .filter(|code| !matches!(code.subject, Subject::Item | Subject::Fax))
            .map(|code| normal_name(code.name))
            .filter(|name| !matches!(name.as_str(), "negativeitems" | "signature" | "eachitem"))
            .collect();
        assert_eq!(filled, listed);
        let names: BTreeSet<&str> = catalogue().iter().map(|code| code.name).collect();
        assert_eq!(names.len(), catalogue().len(), "no name twice");
        for code in catalogue().iter().filter(|code| code.subject == Subject::Item) {
            assert!(item_field(&normal_name(code.name)).is_some(), "{}", code.name);
        }
    }

    #[test]
    fn only_a_bureau_letter_knows_a_part_of_the_ssn() {
        let of = |kind, name| variables(kind).get(name).map(str::to_owned);
        let bureau = RecipientKind::Bureau(Bureau::Equifax);
        assert_eq!(of(bureau, "SSNLast4").as_deref(), Some("6789"));
        let furnisher = RecipientKind::Furnisher(FurnisherId(1));
        for other in [furnisher, RecipientKind::Addressee(AddresseeId(1))] {
            assert_eq!((of(other, "SSNLast4"), of(other, "SSN__c")), (None, None));
        }
        assert_eq!(of(furnisher, "Nickname").as_deref(), Some("Mia"));
    }
}
