import type { OutboxItem, OutboxKind } from "../host/bindings";
import { listed, plural } from "./format";

/** What people call each kind, one and many. */
const KINDS: Record<OutboxKind, readonly [one: string, many: string]> = {
  fax: ["fax", "faxes"],
  email: ["e-mail", "e-mails"],
  sms: ["text message", "text messages"],
  postal_letter: ["letter by the portal", "letters by the portal"],
  record_fax: ["record of a fax", "records of faxes"],
  add_document: ["new document", "new documents"],
  file_letter: ["letter to be filed", "letters to be filed"],
  replace_document: ["replaced document", "replaced documents"],
  delete_document: ["removal of a document", "removals of documents"],
  link_attachment: ["file to be attached", "files to be attached"],
  unlink_attachment: ["file to be detached", "files to be detached"],
  create_note: ["new note", "new notes"],
  update_note: ["changed note", "changed notes"],
  delete_note: ["removal of a note", "removals of notes"],
  update_client: ["change of client data", "changes of client data"],
  assign_goals: ["addition of goals", "additions of goals"],
  remove_goals: ["removal of goals", "removals of goals"],
  create_agreement: ["signed agreement", "signed agreements"],
};

const UNKNOWN_KIND = ["thing of a newer version", "things of a newer version"] as const;

/** "fax", or what stands for a kind that this build does not know. */
export function kindName(kind: OutboxKind | null): string {
  return (kind ? KINDS[kind] : UNKNOWN_KIND)[0];
}

/** "2 faxes, 1 new note and 1 e-mail" */
export function kindsCounted(items: readonly Pick<OutboxItem, "kind">[]): string {
  const counts = new Map<OutboxKind | null, number>();
  for (const { kind } of items) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return listed([...counts].map(([kind, many]) => plural(many, ...(kind ? KINDS[kind] : UNKNOWN_KIND))));
}
