//! All 149 operations through the typed client against the practice portal: what comes back is what was sent, or what
//! other operations show.
//!
//! A check is one `async fn` on a company of its own. Each is a test; the last test runs whichever checks no other test
//! has begun, waits for the others, and fails when an operation was never answered by a success. So it holds whatever
//! the order, the number of threads or the choice of tests.

mod company;
mod lists;

use portal_api::Operation;
use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

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

        static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| vec![$($(Check {
            name: stringify!($check),
            run: || company::check($resource::$check),
            answered: OnceLock::new(),
        },)+)+]);

        $($(
            #[test]
            fn $check() {
                CHECKS.iter().find(|check| check.name == stringify!($check)).unwrap().answered();
            }
        )+)+
    };
}

checks! {
    attachments {
        a_file_is_stored_with_progress_and_comes_back_byte_for_byte,
        a_linked_file_is_listed_with_its_record_and_goes_with_its_last_link,
        a_file_that_a_record_needs_is_not_deleted,
        the_files_of_a_record_are_listed_by_pages_in_every_order,
    }
    auth {
        whoever_signs_in_is_told_who_they_are_and_what_they_may_do,
        wrong_credentials_and_a_wrong_key_sign_nobody_in,
        an_expired_session_is_renewed_in_passing_and_an_old_one_has_ended,
        a_browser_signs_in_through_azure_once_and_only_for_its_own_attempt,
        a_forgotten_password_is_replaced_with_the_mailed_token,
    }
    bureau_addresses {
        a_bureau_address_is_made_changed_and_deleted,
        a_new_default_address_takes_the_mark_from_the_bureaus_other_one,
        bureau_addresses_are_listed_by_pages_in_every_order,
    }
    claim_codes {
        a_claim_code_is_made_changed_and_deleted_unless_a_reason_needs_it,
        every_creditor_type_that_a_reason_names_is_listed,
    }
    clickhouse_events {
        the_latest_event_of_a_name_is_shown,
        events_are_listed_by_pages_in_every_order,
    }
    client_agreements {
        an_agreement_is_recorded_with_its_signed_file,
        agreements_are_listed_by_pages_in_every_order,
    }
    client_documents {
        a_document_is_filed_given_another_file_and_deleted,
        documents_are_listed_by_pages_in_every_order,
    }
    client_products {
        what_a_client_bought_is_one_of_the_products_and_has_its_price,
        client_products_are_listed_by_pages_in_every_order,
    }
    client_reports {
        each_bureaus_report_of_a_client_is_shown_as_it_is_listed,
    }
    client_tasks {
        a_task_says_whose_it_is_and_which_step_made_it,
        tasks_are_narrowed_to_what_is_asked_for,
        tasks_are_listed_by_pages_in_every_order,
    }
    clients {
        a_client_is_shown_as_the_list_shows_it,
        an_answer_that_comes_twice_is_never_taken_for_that_of_another_client,
        clients_are_listed_by_pages_in_every_order,
        conditions_and_a_segment_select_clients_together_or_either,
        selected_clients_are_listed_by_pages_in_every_order,
    }
    contracts {
        a_contract_is_made_shown_and_deleted_with_its_history,
        every_change_of_a_contract_is_a_version_that_can_be_gone_back_to,
        a_copied_contract_has_a_numbered_name_and_a_history_of_its_own,
        contracts_are_listed_by_pages_in_every_order,
    }
    correspondences {
        a_fax_that_was_sent_elsewhere_is_recorded_with_its_file,
        each_way_of_sending_hands_over_what_it_needs,
        what_cannot_be_sent_names_its_fields_and_is_not_accepted,
        a_faxs_delivery_shows_as_time_goes_on,
        correspondence_is_listed_by_pages_in_every_order,
    }
    credit_reports {
        a_report_is_listed_without_its_document_and_shown_with_it,
        reports_are_listed_by_pages_in_every_order,
    }
    customer_io_templates {
        every_template_of_the_third_party_is_listed_with_its_times,
    }
    customer_portal {
        a_client_reads_and_changes_the_own_record,
        a_client_files_replaces_and_removes_documents,
        a_client_signs_an_agreement_after_reading_the_contract,
        contracts_are_listed_for_clients_by_pages_in_every_order,
        a_client_chooses_goals_and_sees_what_was_bought,
        a_client_reads_the_own_credit_reports_only,
        a_client_reads_the_own_items_by_pages_in_every_order,
    }
    debug {
        a_step_says_what_it_would_do_and_does_nothing,
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
    imports {
        rows_become_clients_change_and_delete_them_and_bad_ones_are_named,
        the_example_can_be_imported_as_it_comes,
        only_a_table_is_imported_and_only_by_whom_it_is_permitted,
        imports_are_listed_by_pages_in_every_order,
    }
    instructions {
        an_instruction_is_made_changed_and_deleted,
        a_moved_instruction_takes_its_new_place_and_the_others_close_up,
        instructions_are_listed_by_pages_in_every_order,
    }
    item_dropdowns {
        a_dropdown_option_is_made_listed_changed_and_deleted,
    }
    kba {
        true_answers_make_a_client_known_and_a_second_wrong_set_locks_for_a_day,
        a_pin_from_the_clients_telephone_is_asked_alone_or_before_the_questions,
        who_may_skip_the_questions_makes_a_client_known_to_one_provider,
    }
    negative_items {
        an_item_is_shown_as_the_list_shows_it_and_changes_with_the_portal,
        a_letter_about_an_item_is_shown_with_it,
        items_are_listed_by_pages_in_every_order,
    }
    notes {
        a_note_is_written_found_changed_and_deleted,
        notes_are_listed_by_pages_in_every_order,
    }
    query_builder {
        every_field_of_every_model_has_a_type_whose_operators_are_listed,
        the_values_of_a_field_are_those_of_the_selected_records,
    }
    roles {
        a_role_is_shown_as_it_is_listed_and_permits_what_it_says,
        roles_are_listed_by_pages_in_every_order,
    }
    segments {
        a_segment_is_made_changed_refreshed_and_deleted,
        a_segment_of_items_counts_them_and_exports_their_clients,
        the_segments_of_a_client_are_those_whose_members_it_is,
        segments_are_listed_by_pages_in_every_order,
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
