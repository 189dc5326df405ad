//! All 149 operations through the typed client against the practice portal: what comes back is what was sent, or what
//! other operations show.
//!
//! A check is one `async fn` on a company of its own. Each is a test; the last test runs whichever checks no other test
//! has begun, waits for the others, and fails when an operation was never answered by a success. So it holds whatever
//! the order, the number of threads or the choice of tests.

mod company;
mod lists;

use company::Company;
use portal_api::Operation;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A check, run at most once in this process.
struct Check {
    name: &'static str,
    run: fn() -> BTreeSet<Operation>,
    answered: OnceLock<BTreeSet<Operation>>,
}

impl Check {
    /// The operations that the portal answered with a success. Panics when the check fails.
    fn answered(&self) -> &BTreeSet<Operation> {
        self.answered.get_or_init(self.run)
    }
}

/// Names every check once: its test and its row in [`CHECKS`] are made from the name.
macro_rules! checks {
    ($($resource:ident { $($check:ident,)+ })+) => {
        $(mod $resource;)+

        static CHECKS: &[Check] = &[$($(Check {
            name: stringify!($check),
            run: || company::check($resource::$check),
            answered: OnceLock::new(),
        },)+)+];

        $($(
            #[test]
            fn $check() {
                CHECKS.iter().find(|check| check.name == stringify!($check)).unwrap().answered();
            }
        )+)+
    };
}

checks! {
    bureau_addresses {
        a_bureau_address_is_made_changed_and_deleted,
        a_new_default_address_takes_the_mark_from_the_bureaus_other_one,
        bureau_addresses_are_listed_by_pages_in_every_order,
    }
    claim_codes {
        a_claim_code_is_made_changed_and_deleted_unless_a_reason_needs_it,
        every_creditor_type_that_a_reason_names_is_listed,
    }
    contracts {
        a_contract_is_made_shown_and_deleted_with_its_history,
        every_change_of_a_contract_is_a_version_that_can_be_gone_back_to,
        a_copied_contract_has_a_numbered_name_and_a_history_of_its_own,
        contracts_are_listed_by_pages_in_every_order,
    }
    event_definitions {
        an_event_definition_is_made_and_changed_and_its_keys_become_a_schema,
        event_definitions_are_listed_by_pages_in_every_order,
    }
    fax_settings {
        fax_settings_are_made_listed_and_changed,
    }
    furnishers {
        a_furnisher_is_made_changed_and_deleted,
        furnishers_are_listed_by_pages_in_every_order,
    }
    goals {
        a_goal_is_made_changed_and_deleted,
        goals_are_given_to_a_client_and_taken_away,
    }
    instructions {
        an_instruction_is_made_changed_and_deleted,
        a_moved_instruction_takes_its_new_place_and_the_others_close_up,
        instructions_are_listed_by_pages_in_every_order,
    }
    item_dropdowns {
        a_dropdown_option_is_made_listed_changed_and_deleted,
    }
    notes {
        a_note_is_written_found_changed_and_deleted,
        notes_are_listed_by_pages_in_every_order,
    }
    snippets {
        a_snippet_is_made_changed_copied_and_deleted,
        a_clients_state_chooses_the_snippet_that_a_template_names,
        snippets_are_listed_by_pages_in_every_order,
    }
    template_categories {
        a_template_category_is_made_listed_changed_and_deleted,
    }
    templates {
        a_template_is_made_shown_and_deleted,
        a_smart_template_says_one_block_of_each_section_with_one_of_each_choice,
        templates_are_listed_by_pages_in_every_order,
    }
}

#[test]
fn every_operation_was_answered() {
    let answered: BTreeSet<Operation> = CHECKS.iter().flat_map(|check| check.answered().clone()).collect();
    let never: Vec<&str> = Operation::ALL
        .iter()
        .filter(|operation| !answered.contains(operation))
        .map(|operation| operation.id())
        .collect();
    assert!(never.is_empty(), "{} operations were never answered: {}", never.len(), never.join(", "));
}
