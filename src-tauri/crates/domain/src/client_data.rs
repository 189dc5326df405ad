//! What of a client a desk may change, and what a value must look like.
//!
//! The portal documents one operation that changes a client (API: Customer Portal, "Update a Clients data"). What it names
//! beside the Social Security number is a [`ClientField`]; every other attribute is read, not changed.
//!
//! Left out: the Social Security number. Here it is shown by its last four digits alone, so nobody could check what they
//! change; it is corrected in the portal. And emptying a value: the portal takes blank text for nothing said.

use crate::address::{is_zip, us_region};
use crate::{Client, FaxNumber, FaxNumberError, PostalAddress};
use jiff::civil::{Date, date};

/// Something of a client that may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClientField {
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Day of birth, as `YYYY-MM-DD`.
    BirthDate,
    /// E-mail address.
    Email,
    /// Mobile number, ten digits.
    MobilePhone,
    /// Where mail is sent: street, unit, P.O. box.
    MailingStreet,
    #[expect(missing_docs, reason = "as the first of its address")]
    MailingCity,
    /// Two letters.
    MailingState,
    /// Five digits, or nine as `12345-6789`.
    MailingZip,
    /// Another address. The portal documents no state for it.
    OtherStreet,
    #[expect(missing_docs, reason = "as the first of its address")]
    OtherCity,
    /// As of the mailing address.
    OtherZip,
    #[expect(missing_docs, reason = "as the first of its address")]
    OtherCountry,
}

/// What a value of a field looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientValueKind {
    /// One line.
    Text,
    /// One line or more.
    Lines,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A day.
    Day,
    /// A state.
    State,
    /// A ZIP code.
    Zip,
}

/// One value that an agent changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientChange {
    /// Which.
    pub field: ClientField,
    /// As the agent saw it: if the portal has neither this nor the new value, the agent decides.
    pub from: String,
    /// As it is to be.
    pub to: String,
}

/// How the portal's client stands to what an agent changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangesStand {
    /// It has every new value.
    Made,
    /// It has what the agent saw, or the new value already.
    Open,
    /// It has something else: what, by field.
    Overtaken(Vec<(ClientField, String)>),
}

/// Why a text cannot be the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientValueError {
    /// Nothing.
    #[error("cannot be emptied from here: write a value, or leave it as it was")]
    Empty,
    /// Longer than the portal takes.
    #[error("longer than {LONGEST} characters")]
    TooLong,
    /// A line break or another control character.
    #[error("must be one line")]
    Lines,
    /// No e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// No number that can be dialled.
    #[error(transparent)]
    Phone(#[from] FaxNumberError),
    /// No day.
    #[error("a day, written as MM/DD/YYYY")]
    Day,
    /// No day on which somebody who lives was born.
    #[error("must be in the past, and not before 1900")]
    Birth,
    /// No state.
    #[error("the two letters of a US state, for example GA")]
    State,
    /// No ZIP code.
    #[error("five digits, or nine as 12345-6789")]
    Zip,
}

/// The longest value, in characters.
const LONGEST: usize = 255;

impl ClientField {
    /// Every field with the portal's name, in the order of a form.
    pub const ALL: [(ClientField, &'static str); 13] = [
        (ClientField::FirstName, "FirstName"),
        (ClientField::LastName, "LastName"),
        (ClientField::BirthDate, "D_O_B__c"),
        (ClientField::Email, "email"),
        (ClientField::MobilePhone, "mobile_phone"),
        (ClientField::MailingStreet, "MailingStreet"),
        (ClientField::MailingCity, "MailingCity"),
        (ClientField::MailingState, "MailingState"),
        (ClientField::MailingZip, "MailingPostalCode"),
        (ClientField::OtherStreet, "OtherStreet"),
        (ClientField::OtherCity, "OtherCity"),
        (ClientField::OtherZip, "OtherPostalCode"),
        (ClientField::OtherCountry, "OtherCountry"),
    ];

    /// The portal's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(field, _)| *field == self).map_or("", |(_, code)| code)
    }

    /// Reads the portal's name.
    #[must_use]
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, code)| *code == text).map(|(field, _)| *field)
    }

    /// The attribute that shows it. E-mail and mobile phone stand beside the attributes, and among them by another name.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            ClientField::Email => "Email",
            ClientField::MobilePhone => "MobilePhone",
            other => other.code(),
        }
    }

    /// The field that an attribute shows.
    #[must_use]
    pub fn of_attribute(name: &str) -> Option<Self> {
        Self::ALL.iter().map(|(field, _)| *field).find(|field| field.attribute() == name)
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            ClientField::FirstName => "First name",
            ClientField::LastName => "Last name",
            ClientField::BirthDate => "Date of birth",
            ClientField::Email => "E-mail",
            ClientField::MobilePhone => "Mobile phone",
            ClientField::MailingStreet => "Mailing street",
            ClientField::MailingCity => "Mailing city",
            ClientField::MailingState => "Mailing state",
            ClientField::MailingZip => "Mailing ZIP",
            ClientField::OtherStreet => "Other street",
            ClientField::OtherCity => "Other city",
            ClientField::OtherZip => "Other ZIP",
            ClientField::OtherCountry => "Other country",
        }
    }

    /// What its values look like.
    #[must_use]
    pub fn kind(self) -> ClientValueKind {
        match self {
            ClientField::FirstName
            | ClientField::LastName
            | ClientField::MailingCity
            | ClientField::OtherCity
            | ClientField::OtherCountry => ClientValueKind::Text,
            ClientField::MailingStreet | ClientField::OtherStreet => ClientValueKind::Lines,
            ClientField::BirthDate => ClientValueKind::Day,
            ClientField::Email => ClientValueKind::Email,
            ClientField::MobilePhone => ClientValueKind::Phone,
            ClientField::MailingState => ClientValueKind::State,
            ClientField::MailingZip | ClientField::OtherZip => ClientValueKind::Zip,
        }
    }

    /// A client's value; empty when there is none. What is no day or no number stays as the portal has it.
    #[must_use]
    pub fn value(self, client: &Client) -> String {
        let attribute = || client.attributes.get(self.attribute()).map(|text| text.trim()).unwrap_or_default();
        match self {
            ClientField::FirstName => client.name.first.clone(),
            ClientField::LastName => client.name.last.clone(),
            ClientField::BirthDate => client.birth_date.map_or_else(|| attribute().to_owned(), |date| date.to_string()),
            ClientField::Email => client.email.clone().unwrap_or_default(),
            ClientField::MobilePhone => mobile(client).unwrap_or_default().to_owned(),
            ClientField::MailingStreet => client.mailing.street.clone(),
            ClientField::MailingCity => client.mailing.city.clone(),
            ClientField::MailingState => client.mailing.state.clone(),
            ClientField::MailingZip => client.mailing.zip.clone(),
            ClientField::OtherZip => PostalAddress::normal_zip(attribute()),
            ClientField::OtherStreet | ClientField::OtherCity | ClientField::OtherCountry => attribute().to_owned(),
        }
    }

    /// Gives a client another value, wherever it shows.
    pub fn put(self, client: &mut Client, value: &str) {
        match self {
            ClientField::FirstName => value.clone_into(&mut client.name.first),
            ClientField::LastName => value.clone_into(&mut client.name.last),
            ClientField::BirthDate => client.birth_date = value.parse().ok(),
            ClientField::Email => client.email = Some(value.to_owned()),
            ClientField::MobilePhone => {
                let before = mobile(client).map(str::to_owned);
                client.phones.retain(|phone| before.as_ref() != Some(phone) && !same_number(phone, value));
                client.phones.insert(0, value.to_owned());
            }
            ClientField::MailingStreet => value.clone_into(&mut client.mailing.street),
            ClientField::MailingCity => value.clone_into(&mut client.mailing.city),
            ClientField::MailingState => value.clone_into(&mut client.mailing.state),
            ClientField::MailingZip => value.clone_into(&mut client.mailing.zip),
            ClientField::OtherStreet | ClientField::OtherCity | ClientField::OtherZip | ClientField::OtherCountry => {}
        }
        client.attributes.insert(self.attribute().to_owned(), value.to_owned());
    }

    /// Takes what was typed, in the form in which it is kept.
    ///
    /// # Errors
    /// [`ClientValueError`].
    pub fn read(self, typed: &str, today: Date) -> Result<String, ClientValueError> {
        let text = typed.replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return Err(ClientValueError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(ClientValueError::TooLong);
        }
        let kind = self.kind();
        if text.chars().any(|c| c.is_control() && (c != '\n' || kind != ClientValueKind::Lines)) {
            return Err(ClientValueError::Lines);
        }
        Ok(match kind {
            ClientValueKind::Text | ClientValueKind::Lines => text.to_owned(),
            ClientValueKind::Email if is_email_address(text) => text.to_owned(),
            ClientValueKind::Email => return Err(ClientValueError::Email),
            ClientValueKind::Phone => FaxNumber::parse(text)?.digits().to_owned(),
            ClientValueKind::Day => {
                let day = text.parse::<Date>().ok().or_else(|| Date::strptime("%m/%d/%Y", text).ok());
                let day = day.ok_or(ClientValueError::Day)?;
                if day >= today || day < date(1900, 1, 1) {
                    return Err(ClientValueError::Birth);
                }
                day.to_string()
            }
            ClientValueKind::State => us_region(text).ok_or(ClientValueError::State)?,
            ClientValueKind::Zip => zip(text).ok_or(ClientValueError::Zip)?,
        })
    }

    /// Whether two values are the same to a portal that writes numbers, addresses and line ends its own way.
    #[must_use]
    pub fn same(self, one: &str, other: &str) -> bool {
        match self.kind() {
            ClientValueKind::Email | ClientValueKind::State => one.trim().eq_ignore_ascii_case(other.trim()),
            ClientValueKind::Phone => same_number(one, other),
            ClientValueKind::Zip => zip_digits(one) == zip_digits(other),
            ClientValueKind::Text | ClientValueKind::Lines | ClientValueKind::Day => {
                one.replace("\r\n", "\n").trim() == other.replace("\r\n", "\n").trim()
            }
        }
    }
}

impl ClientChange {
    /// How the portal's client stands to changes.
    #[must_use]
    pub fn stand(changes: &[ClientChange], theirs: &Client) -> ChangesStand {
        let open: Vec<(&ClientChange, String)> = changes
            .iter()
            .map(|change| (change, change.field.value(theirs)))
            .filter(|(change, value)| !change.field.same(value, &change.to))
            .collect();
        let overtaken: Vec<(ClientField, String)> = open
            .iter()
            .filter(|(change, value)| !change.field.same(value, &change.from))
            .map(|(change, value)| (change.field, value.clone()))
            .collect();
        match (open.is_empty(), overtaken.is_empty()) {
            (true, _) => ChangesStand::Made,
            (false, true) => ChangesStand::Open,
            (false, false) => ChangesStand::Overtaken(overtaken),
        }
    }

    /// Changes with later ones over them. What is as it was seen at first is no change any more.
    #[must_use]
    pub fn over(before: &[ClientChange], later: Vec<ClientChange>) -> Vec<ClientChange> {
        let mut all = before.to_vec();
        for change in later {
            match all.iter_mut().find(|known| known.field == change.field) {
                Some(known) => known.to = change.to,
                None => all.push(change),
            }
        }
        all.retain(|change| !change.field.same(&change.from, &change.to));
        all
    }
}

/// The mobile number: the first, unless it is known as one of the others.
fn mobile(client: &Client) -> Option<&str> {
    let attribute = |name: &str| client.attributes.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let first = client.phones.first().map(String::as_str)?;
    let is_other = || ["Phone", "HomePhone"].into_iter().filter_map(attribute).any(|other| same_number(other, first));
    (attribute("MobilePhone").is_some() || !is_other()).then_some(first)
}

fn same_number(one: &str, other: &str) -> bool {
    let digits = |text: &str| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.strip_prefix('1') {
            Some(national) if national.len() == 10 => national.to_owned(),
            _ => digits,
        }
    };
    match (digits(one), digits(other)) {
        (one_digits, other_digits) if one_digits.is_empty() || other_digits.is_empty() => one.trim() == other.trim(),
        (one, other) => one == other,
    }
}

/// Five digits, or nine with their dash, which may be left out.
fn zip(text: &str) -> Option<String> {
    let dashed = match (text.len(), text.get(..5), text.get(5..)) {
        (9, Some(five), Some(four)) => format!("{five}-{four}"),
        _ => text.to_owned(),
    };
    is_zip(&dashed).then_some(dashed)
}

fn zip_digits(text: &str) -> String {
    PostalAddress::normal_zip(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a text has the shape of an e-mail address.
#[must_use]
pub fn is_email_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let ends = |host: &str| host.starts_with('.') || host.ends_with('.');
        !name.is_empty() && host.contains('.') && !host.contains('@') && !ends(host)
    }) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ClientId, PersonName};

    const TODAY: Date = date(2026, 11, 23);

    fn client(attributes: &[(&str, &str)], phones: &[&str]) -> Client {
        Client {
            id: ClientId(1),
            key: None,
            name: PersonName { first: "Ana".into(), middle: "Q".into(), last: "Ruiz".into() },
            email: Some("ana@example.com".into()),
            phones: phones.iter().map(|&phone| phone.to_owned()).collect(),
            ssn: None,
            birth_date: Some(date(1980, 5, 4)),
            mailing: PostalAddress {
                street: "1 Elm St".into(),
                city: "Boston".into(),
                state: "MA".into(),
                zip: "02108".into(),
            },
            attributes: attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        }
    }

    fn change(field: ClientField, from: &str, to: &str) -> ClientChange {
        ClientChange { field, from: from.into(), to: to.into() }
    }

    #[test]
    fn what_is_typed_is_kept_in_one_form() {
        use ClientField as F;
        for (field, typed, kept) in [
            (F::FirstName, " José ", "José"),
            (F::Email, " Ana@Example.com ", "Ana@Example.com"),
            (F::MobilePhone, "+1 (302) 555-0100", "3025550100"),
            (F::BirthDate, "05/04/1980", "1980-05-04"),
            (F::BirthDate, "1980-05-04", "1980-05-04"),
            (F::MailingStreet, "1 Elm St\r\nUnit 4", "1 Elm St\nUnit 4"),
            (F::MailingState, "ma", "MA"),
            (F::MailingState, "PR", "PR"),
            (F::MailingZip, "02108", "02108"),
            (F::OtherZip, "021081234", "02108-1234"),
            (F::OtherZip, "02108-1234", "02108-1234"),
        ] {
            assert_eq!(field.read(typed, TODAY).as_deref(), Ok(kept), "{field:?} {typed}");
        }
    }

    #[test]
    fn what_cannot_be_right_is_refused_with_its_reason() {
        use {ClientField as F, ClientValueError as E};
        for (field, typed, error) in [
            (F::LastName, "  ", E::Empty),
            (F::LastName, "Ruiz\nCruz", E::Lines),
            (F::Email, "ana", E::Email),
            (F::Email, "ana@example", E::Email),
            (F::Email, "ana@example.com.", E::Email),
            (F::Email, "a b@example.com", E::Email),
            (F::MobilePhone, "555-0100", E::Phone(FaxNumberError::Digits(7))),
            (F::BirthDate, "soon", E::Day),
            (F::BirthDate, "02/30/1980", E::Day),
            (F::BirthDate, "2026-11-23", E::Birth),
            (F::BirthDate, "1899-12-31", E::Birth),
            (F::MailingState, "Massachusetts", E::State),
            (F::MailingState, "ZZ", E::State),
            (F::MailingZip, "2108", E::Zip),
            (F::MailingZip, "02108-12", E::Zip),
            (F::MailingZip, "0210ä123", E::Zip),
        ] {
            assert_eq!(field.read(typed, TODAY), Err(error), "{field:?} {typed}");
        }
        assert_eq!(F::OtherCity.read(&"x".repeat(256), TODAY), Err(E::TooLong));
    }

    #[test]
    fn a_value_that_is_put_is_read_again_and_shows_among_the_attributes() {
        let mut changed = client(&[("Shoe_Size__c", "7")], &["3025550100"]);
        for (field, code) in ClientField::ALL {
            assert_eq!((ClientField::from_code(code), field.code()), (Some(field), code));
            assert_eq!(ClientField::of_attribute(field.attribute()), Some(field));
            let value = match field.kind() {
                ClientValueKind::Text | ClientValueKind::Lines => "Something",
                ClientValueKind::Email => "new@example.com",
                ClientValueKind::Phone => "6175550142",
                ClientValueKind::Day => "1984-03-09",
                ClientValueKind::State => "VT",
                ClientValueKind::Zip => "05401",
            };
            field.put(&mut changed, value);
            assert_eq!(field.value(&changed), value, "{code}");
            assert_eq!(changed.attributes[field.attribute()], value, "{code}");
        }
        assert_eq!(
            (changed.name.middle.as_str(), changed.phones.as_slice()),
            ("Q", ["6175550142".to_owned()].as_slice())
        );
        assert_eq!(ClientField::of_attribute("SSN__c"), None);
    }

    #[test]
    fn the_first_number_is_the_mobile_one_unless_it_is_known_as_another() {
        let mobile =
            |attributes: &[(&str, &str)], phones: &[&str]| ClientField::MobilePhone.value(&client(attributes, phones));
        assert_eq!(mobile(&[], &["3025550100"]), "3025550100");
        assert_eq!(mobile(&[("HomePhone", "(302) 555-0100")], &["3025550100"]), "");
        assert_eq!(mobile(&[("MobilePhone", "1"), ("Phone", "3025550100")], &["3025550100"]), "3025550100");
        let mut home = client(&[("HomePhone", "(302) 555-0100")], &["(302) 555-0100"]);
        ClientField::MobilePhone.put(&mut home, "6175550142");
        assert_eq!(home.phones, ["6175550142", "(302) 555-0100"], "the other number stays");
    }

    #[test]
    fn changes_are_made_open_or_overtaken() {
        use ClientField as F;
        let theirs = client(&[], &["+1 (302) 555-0100"]);
        let stand = |changes: &[ClientChange]| ClientChange::stand(changes, &theirs);
        assert_eq!(
            stand(&[change(F::MobilePhone, "1", "3025550100"), change(F::MailingZip, "1", "2108")]),
            ChangesStand::Made
        );
        assert_eq!(
            stand(&[change(F::MailingCity, "Boston", "Salem"), change(F::MailingState, "VT", "ma")]),
            ChangesStand::Open
        );
        let both = [change(F::MailingCity, "Boston", "Salem"), change(F::Email, "old@example.com", "new@example.com")];
        assert_eq!(stand(&both), ChangesStand::Overtaken(vec![(F::Email, "ana@example.com".to_owned())]));
    }

    #[test]
    fn a_later_change_goes_over_the_first_and_back_to_it() {
        use ClientField as F;
        let first = [change(F::MailingCity, "Boston", "Salem")];
        let later = vec![change(F::MailingCity, "Salem", "Lynn"), change(F::FirstName, "Ana", "Anna")];
        let both = ClientChange::over(&first, later);
        assert_eq!(both, [change(F::MailingCity, "Boston", "Lynn"), change(F::FirstName, "Ana", "Anna")]);
        assert_eq!(ClientChange::over(&first, vec![change(F::MailingCity, "Salem", "Boston")]), []);
    }
}
