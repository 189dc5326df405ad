import { parseDay } from "../../lib/days";
import { date, phone } from "../../lib/format";
import { DeskProblem } from "../../lib/problem";
import type { AttributeGroup, AttributeGroupKind, AttributeRow, ClientCard, ClientOverview, ClientUpdate, ClientValueKind, OutboxItem } from "../bindings";
import { type FakeOutbox, fakeRow } from "./outbox";

interface Fact {
  group: AttributeGroupKind;
  attribute: string;
  label: string;
  /** The portal's name of it and what it looks like; nothing for what nobody changes from here. */
  edit?: readonly [name: string, kind: ClientValueKind];
  of: (card: ClientCard) => string;
}

const FACTS: readonly Fact[] = [
  { group: "person", attribute: "FirstName", label: "First name", edit: ["FirstName", "text"], of: ({ row }) => row.name.split(" ")[0] ?? "" },
  { group: "person", attribute: "LastName", label: "Last name", edit: ["LastName", "text"], of: ({ row }) => row.name.split(" ").at(-1) ?? "" },
  { group: "person", attribute: "D_O_B__c", label: "Date of birth", edit: ["D_O_B__c", "day"], of: ({ birthDate }) => birthDate ?? "" },
  { group: "person", attribute: "SSN__c", label: "SSN", of: ({ row }) => row.ssnLastFour && `•••-••-${row.ssnLastFour}` },
  { group: "contact", attribute: "Email", label: "Email", edit: ["email", "email"], of: ({ row }) => row.email },
  { group: "contact", attribute: "MobilePhone", label: "Mobile phone", edit: ["mobile_phone", "phone"], of: ({ phones }) => phones[0] ?? "" },
  { group: "mailing", attribute: "MailingStreet", label: "Mailing street", edit: ["MailingStreet", "lines"], of: ({ mailing }) => mailing.street },
  { group: "mailing", attribute: "MailingCity", label: "Mailing city", edit: ["MailingCity", "text"], of: ({ mailing }) => mailing.city },
  { group: "mailing", attribute: "MailingState", label: "Mailing state", edit: ["MailingState", "state"], of: ({ mailing }) => mailing.state },
  { group: "mailing", attribute: "MailingPostalCode", label: "Mailing postal code", edit: ["MailingPostalCode", "zip"], of: ({ mailing }) => mailing.zip },
  { group: "address", attribute: "OtherStreet", label: "Other street", edit: ["OtherStreet", "lines"], of: () => "" },
  { group: "address", attribute: "OtherCity", label: "Other city", edit: ["OtherCity", "text"], of: () => "" },
  { group: "address", attribute: "OtherPostalCode", label: "Other postal code", edit: ["OtherPostalCode", "zip"], of: () => "" },
  { group: "address", attribute: "OtherCountry", label: "Other country", edit: ["OtherCountry", "text"], of: () => "" },
  { group: "work", attribute: "LeadSource", label: "Lead source", of: () => "Referral" },
];

const GROUPS: readonly AttributeGroupKind[] = ["person", "contact", "mailing", "address", "work"];

/** The data of made-up clients, with what waits in the outbox over it. */
export class FakeClientData {
  private readonly now: () => Date;
  private readonly outbox: FakeOutbox;
  private next = 1;

  constructor(now: () => Date, outbox: FakeOutbox) {
    this.now = now;
    this.outbox = outbox;
  }

  overview(card: ClientCard): ClientOverview {
    const waiting = this.waiting(card.row.id);
    const row = ({ attribute, label, edit, of }: Fact): AttributeRow => {
      const pending = edit ? (waiting.findLast(({ id }) => this.value(id, edit[0]) !== undefined) ?? null) : null;
      const value = (pending && edit ? this.value(pending.id, edit[0]) : undefined) ?? of(card);
      const shown = edit?.[1] === "day" ? date(value) : edit?.[1] === "phone" ? phone(value) : value;
      return { name: attribute, label, value: value === "" ? null : shown, edit: edit ? { name: edit[0], kind: edit[1], value } : null, pending };
    };
    return { groups: GROUPS.map((kind): AttributeGroup => ({ kind, rows: FACTS.filter(({ group }) => group === kind).map(row) })) };
  }

  update({ clientId, changes }: ClientUpdate): OutboxItem {
    const read = changes.map(({ name, value }) => ({ name, value: checked(name, value) }));
    const before = this.waiting(clientId).findLast(({ stage }) => stage === "queued" || stage === "rejected");
    const known = (before ? this.outbox.get(before.id).fields : []).filter((field) => read.every(({ name }) => name !== field.name));
    const fields = [...known, ...read.map(({ name, value }) => ({ name, label: labelOf(name), value, long: name.endsWith("Street") }))];
    const id = before?.id ?? `client-${this.next}`;
    this.next += 1;
    const detail = fields.map((field) => field.label).join(", ");
    return this.outbox.put(
      fakeRow({ id, clientId, kind: "update_client", title: "Changed client data", detail, createdAt: this.now().toISOString() }, { fields, fileHash: null }),
    );
  }

  private waiting(clientId: string): OutboxItem[] {
    return this.outbox.list({ clientId, over: false }).filter(({ kind }) => kind === "update_client");
  }

  private value(rowId: string, name: string): string | undefined {
    return this.outbox.get(rowId).fields.find((field) => field.name === name)?.value;
  }
}

function labelOf(name: string): string {
  return FACTS.find(({ edit }) => edit?.[0] === name)?.label ?? name;
}

function checked(name: string, value: string): string {
  const kind = FACTS.find(({ edit }) => edit?.[0] === name)?.edit?.[1];
  const text = value.trim();
  const fault =
    text === ""
      ? "cannot be emptied from here: write a value, or leave it as it was"
      : kind === "email" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)
        ? "not an e-mail address"
        : kind === "zip" && !/^\d{5}(-?\d{4})?$/.test(text)
          ? "five digits, or nine as 12345-6789"
          : kind === "day" && !/^\d{4}-\d{2}-\d{2}$/.test(text) && parseDay(text) === null
            ? "a day, written as MM/DD/YYYY"
            : null;
  if (fault !== null) {
    throw new DeskProblem({ code: "bad_request", message: "Some of this cannot be right: see what stands under each field.", fields: { [name]: [fault] } });
  }
  return text;
}
