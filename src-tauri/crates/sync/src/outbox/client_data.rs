//! Changing a client: read first, then changed, and read again where the answer says nothing.
//!
//! The portal's client is read before anything is sent. A client who has every new value is done, so that a lost answer is
//! settled by the next try; one who has something that the agent never saw is the agent's to decide about.

use super::portal::{done, refused};
use domain::outbox::{Attempt, Trouble, TroubleKind};
use domain::{ChangesStand, ClientChange, ClientField, ClientId};
use portal_api::clients::Client;
use portal_api::customer_portal::{PortalClientAttributes, PortalUpdateClientRequest};
use portal_api::{ApiError, Portal, Record, ToDomain, Zip};

/// Brings changes about that are still open.
///
/// # Errors
/// The portal; whether it has the changes is seen at the next try.
pub(super) async fn update(portal: &Portal, client: ClientId, changes: &[ClientChange]) -> Result<Attempt, ApiError> {
    let theirs = match portal.get_client(client).await {
        Ok(theirs) => theirs,
        Err(ApiError::NotFound { .. }) => return Ok(refused("the client is no longer on the portal")),
        Err(error) => return Err(error),
    };
    match stand(changes, &theirs) {
        None => return Ok(Attempt::Lost("the portal's client cannot be read".to_owned())),
        Some(ChangesStand::Made) => return Ok(done()),
        Some(ChangesStand::Overtaken(values)) => return Ok(overtaken(values)),
        Some(ChangesStand::Open) => {}
    }
    let Some(request) = request(changes, &theirs) else {
        return Ok(refused("the date of birth is no day; correct it"));
    };
    match portal.portal_update_client(client, &request).await {
        Ok(_) => Ok(done()),
        // What it answers is documented oddly (oddity 25): what it did is seen on the client.
        Err(error @ ApiError::Unreadable { .. }) => {
            let made = stand(changes, &portal.get_client(client).await?) == Some(ChangesStand::Made);
            if made { Ok(done()) } else { Err(error) }
        }
        Err(ApiError::Forbidden { .. }) => Ok(refused(
            "your account may not change clients in the portal. Ask an administrator for that permission, or cancel this",
        )),
        Err(error) => Err(error),
    }
}

fn stand(changes: &[ClientChange], theirs: &Record<Client>) -> Option<ChangesStand> {
    let client = theirs.value.clone().to_domain().ok()?;
    Some(ClientChange::stand(changes, &client))
}

fn overtaken(values: Vec<(ClientField, String)>) -> Attempt {
    let their_values = values.into_iter().map(|(field, value)| (field.code().to_owned(), value)).collect();
    let message = "the portal's client was changed after you began to edit";
    Attempt::Refused(Trouble { their_values, ..Trouble::new(TroubleKind::Conflict, message) })
}

/// The request with only what was changed; `None` when a day is none.
fn request(changes: &[ClientChange], theirs: &Record<Client>) -> Option<PortalUpdateClientRequest> {
    let mut request = PortalUpdateClientRequest::default();
    let mut bag = PortalClientAttributes::default();
    for ClientChange { field, to, .. } in changes {
        let text = Some(to.clone());
        let zip = || {
            let zip = Zip::new(to);
            // A number would lose its zeros; and what the portal keeps as text, it takes as text.
            let as_text = to.starts_with('0') || theirs.keeps_as_text(field.code());
            Some(if as_text { zip.in_text() } else { zip })
        };
        match field {
            ClientField::Email => request.email = text,
            ClientField::MobilePhone => request.mobile_phone = text,
            ClientField::FirstName => bag.first_name = text,
            ClientField::LastName => bag.last_name = text,
            ClientField::BirthDate => bag.birth_date = Some(to.parse().ok()?),
            ClientField::MailingStreet => bag.mailing_street = text,
            ClientField::MailingCity => bag.mailing_city = text,
            ClientField::MailingState => bag.mailing_state = text,
            ClientField::MailingZip => bag.mailing_postal_code = zip(),
            ClientField::OtherStreet => bag.other_street = text,
            ClientField::OtherCity => bag.other_city = text,
            ClientField::OtherZip => bag.other_postal_code = zip(),
            ClientField::OtherCountry => bag.other_country = text,
        }
    }
    let in_bag = |change: &ClientChange| !matches!(change.field, ClientField::Email | ClientField::MobilePhone);
    request.attributes = changes.iter().any(in_bag).then_some(bag);
    Some(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_goes_as_what_the_portal_keeps_and_never_loses_its_zeros() {
        let sent = |kept: &str, to: &str| {
            let body = format!(r#"{{"id": 1, "attributes": {{{kept}}}}}"#);
            let theirs = Record { value: Client::of(ClientId(1)), body };
            let change = ClientChange { field: ClientField::MailingZip, from: String::new(), to: to.into() };
            request(&[change], &theirs).unwrap().attributes.unwrap().mailing_postal_code.unwrap()
        };
        let (text, number) = (r#""MailingPostalCode": "19901""#, r#""MailingPostalCode": 19901"#);
        for (kept, to, expected) in [
            (text, "19902", Zip::new("19902").in_text()),
            (number, "19902", Zip::new("19902")),
            ("", "19902", Zip::new("19902")),
            (number, "02108", Zip::new("02108").in_text()),
            (number, "02108-1234", Zip::new("02108-1234").in_text()),
        ] {
            assert!(sent(kept, to) == expected, "{kept} {to}");
        }
    }

    #[test]
    fn only_what_was_changed_is_sent() {
        let theirs = Record { value: Client::of(ClientId(1)), body: "{}".to_owned() };
        let change = |field, to: &str| ClientChange { field, from: String::new(), to: to.into() };
        let one = request(&[change(ClientField::Email, "a@example.com")], &theirs).unwrap();
        assert!(one.attributes.is_none() && one.mobile_phone.is_none() && one.ssn.is_none());
        assert_eq!(one.email.as_deref(), Some("a@example.com"));
        assert!(request(&[change(ClientField::BirthDate, "soon")], &theirs).is_none());
    }
}
