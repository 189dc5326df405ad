import { words } from "./format";

/** What the portal takes as the type of a document. */
export const DOCUMENT_KINDS: readonly { code: string; name: string }[] = [
  { code: "id", name: "ID" },
  { code: "credit_related", name: "Credit related" },
  { code: "fixed_income_verification", name: "Income verification" },
  { code: "other", name: "Other" },
];

/** Subtypes of what bureaus and creditors wrote. */
export const MAIL_GROUP = "From a bureau or creditor";

/** What it takes as the subtype, by what agents look for. */
export const DOCUMENT_SUBKINDS: readonly { code: string; name: string; group: string }[] = [
  { code: "drive_licence", name: "Driver license", group: "Government ID" },
  { code: "government_issued_id", name: "Government-issued ID", group: "Government ID" },
  { code: "utility_bills", name: "Utility bill", group: "Proof of address" },
  { code: "bank_or_credit_union_statement", name: "Bank statement", group: "Proof of address" },
  { code: "canceled_check", name: "Canceled check", group: "Proof of address" },
  { code: "pay_stub", name: "Pay stub", group: "Proof of address" },
  { code: "signed_letter_from_homeless_shelter", name: "Letter from a shelter", group: "Proof of address" },
  { code: "stamped_post_office_box_receipt", name: "P.O. box receipt", group: "Proof of address" },
  { code: "equifax", name: "Equifax", group: MAIL_GROUP },
  { code: "experian", name: "Experian", group: MAIL_GROUP },
  { code: "transunion", name: "TransUnion", group: MAIL_GROUP },
  { code: "creditor", name: "Creditor", group: MAIL_GROUP },
  { code: "other", name: "Other", group: "Anything else" },
];

/** Whether a document is mail that came from a bureau or a creditor. */
export function isMail({ subkind }: { subkind: string }): boolean {
  return DOCUMENT_SUBKINDS.some(({ code, group }) => code === subkind && group === MAIL_GROUP);
}

/** A type as people say it; one that this build does not know is made readable. */
export function kindName(code: string): string {
  return DOCUMENT_KINDS.find((kind) => kind.code === code)?.name ?? words(code);
}

export function subkindName(code: string): string {
  return DOCUMENT_SUBKINDS.find((subkind) => subkind.code === code)?.name ?? words(code);
}
