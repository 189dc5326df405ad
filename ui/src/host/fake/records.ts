import { DeskProblem } from "../../lib/problem";
import type {
  AgreementAdd,
  AgreementCard,
  ChosenFile,
  ClientCard,
  CorrespondenceRow,
  DocumentAdd,
  DocumentCard,
  DocumentReplace,
  FaxRecord,
  FileLink,
  MessageSend,
  NoteRow,
  OutboxField,
  OutboxItem,
  OutboxKind,
  StraightenedFile,
} from "../bindings";
import type { FakeFiles } from "./files";
import { type FakeOutbox, fakeRow } from "./outbox";
import { makeCard } from "./people";

/** A file as a test wants it; what it leaves out is that of a good PDF. */
export function fakeFile(part: Partial<ChosenFile> & { token: string }): ChosenFile {
  return { name: `${part.token}.pdf`, size: 245_300, format: "pdf", problem: null, duplicate: false, ...part };
}

/** What the system's dialog answers unless a test says otherwise: one good, one known, one refused. */
export const CHOSEN: readonly ChosenFile[] = [
  fakeFile({ token: "file-1", name: "electric bill may.pdf" }),
  fakeFile({ token: "file-2", name: "license front.jpg", format: "jpeg", size: 2_713_000, duplicate: true }),
  fakeFile({
    token: "file-3",
    name: "scan.heic",
    size: 0,
    format: null,
    problem: { code: "bad_request", message: "This is not a JPEG, PNG, PDF or Word file." },
  }),
];

const NOTES: readonly NoteRow[] = [
  { id: "9103", text: "Client called. Wants copies of the letters by e-mail before they are mailed.\nPrefers calls after 5 PM.", author: "Dana Whitfield", createdAt: "2024-03-14T21:12:00Z", pending: null },
  { id: "9102", text: "Bluestone Collections: client never had this account, police report is on its way.", author: "Marcus Bell", createdAt: "2024-03-04T15:40:00Z", pending: null },
  { id: "9101", text: "Onboarding done, ID and electric bill received.", author: "Dana Whitfield", createdAt: "2024-02-12T16:05:00Z", pending: null },
];

const DOCUMENTS: readonly DocumentCard[] = [
  { id: "doc-3", kind: "credit_related", subkind: "experian", caption: "Answer of March 1", extension: "pdf", size: 1_284_000, createdAt: "2024-03-11T14:20:00Z", attachmentId: "7713", here: false, pending: null },
  { id: "doc-2", kind: "other", subkind: "utility_bills", caption: "Electric bill", extension: "png", size: 842_100, createdAt: "2024-02-13T10:00:00Z", attachmentId: "7702", here: true, pending: null },
  { id: "doc-1", kind: "id", subkind: "drive_licence", caption: "Driver license, front", extension: "jpg", size: 2_713_000, createdAt: "2024-02-12T15:31:00Z", attachmentId: "7701", here: true, pending: null },
];

function piece(part: Partial<CorrespondenceRow> & Pick<CorrespondenceRow, "id" | "channel" | "recipient">): CorrespondenceRow {
  return { status: "", itemId: null, runBy: "Dana Whitfield", createdAt: null, sentOn: null, letterId: null, attributes: {}, attachments: [], pending: null, ...part };
}

const CORRESPONDENCE: readonly CorrespondenceRow[] = [
  piece({ id: "4", channel: "fax", recipient: "Experian", status: "delivered", itemId: "1030001", createdAt: "2024-03-12T17:02:00Z", attributes: { fax_number: "8885550123", pages: "3" }, attachments: [{ id: "7720", caption: "Dispute letter", extension: "pdf", size: 0, here: false }] }),
  piece({ id: "3", channel: "email", recipient: "client30@example.com", status: "sent", createdAt: "2024-03-08T14:30:00Z", attributes: { subject: "Your letters are ready", body: "Hello,\nyour letters are ready. Please look at them and call us." } }),
  piece({ id: "2", channel: "sms", recipient: "(230) 555-1030", status: "failed", createdAt: "2024-02-28T18:45:00Z", runBy: "Marcus Bell", attributes: { body: "Please send a photo of your license.", error: "Number is not in service" } }),
  piece({ id: "1", channel: "letter", recipient: "Bluestone Collections", status: "mailed", itemId: "1030004", createdAt: "2024-02-20T13:00:00Z", attachments: [{ id: "7699", caption: "Debt validation", extension: "pdf", size: 0, here: true }, { id: "7700", caption: "Driver license", extension: "jpg", size: 0, here: true }] }),
  piece({ id: null, channel: "letter", recipient: "TransUnion", status: "mailed", itemId: "1030002", sentOn: "2024-02-16", letterId: "letter-9" }),
];

/** What a row of the outbox is about: a record of the portal, or the record that it makes. */
interface About {
  id?: string;
  document?: DocumentCard;
  message?: CorrespondenceRow;
  agreement?: AgreementCard;
}

/** The records of a made-up desk: what the portal has, and what waits in the outbox over it. */
export class FakeRecords {
  private readonly now: () => Date;
  private readonly outbox: FakeOutbox;
  private readonly agent: () => string;
  private readonly files: FakeFiles;
  private next = 1;
  private readonly about = new Map<string, About>();
  /** What the system's dialog answers. */
  chosen: readonly ChosenFile[] = CHOSEN;

  constructor(now: () => Date, outbox: FakeOutbox, agent: () => string, files: FakeFiles) {
    this.files = files;
    this.now = now;
    this.outbox = outbox;
    this.agent = agent;
  }

  /** A client's card with as much on it as the lists show. */
  card(card: ClientCard): ClientCard {
    const { id } = card.row;
    const documents = this.kept(id).map(({ kind, subkind, caption, createdAt }) => ({ kind, subkind, caption, createdAt }));
    return { ...card, documents, notes: has(id) ? NOTES.length : 0, correspondence: has(id) ? CORRESPONDENCE.length : 0 };
  }

  notes(clientId: string): NoteRow[] {
    const waiting = this.waiting(clientId);
    const fresh = waiting
      .filter(({ kind }) => kind === "create_note")
      .map((pending) => ({ id: null, text: this.text(pending.id), author: this.agent(), createdAt: pending.createdAt, pending }));
    const kept = NOTES.filter(() => has(clientId)).map((note) => {
      const pending = this.over(waiting, note.id);
      return { ...note, text: pending?.kind === "update_note" ? this.text(pending.id) : note.text, pending };
    });
    return [...fresh.toReversed(), ...kept];
  }

  addNote(clientId: string, text: string): OutboxItem {
    return this.queue(clientId, "create_note", "New note", text, [noteField(text)]);
  }

  changeNote(id: string, text: string): OutboxItem {
    return this.queue(HAS_RECORDS, "update_note", "Changed note", text, [noteField(text)], { id });
  }

  removeNote(id: string): OutboxItem {
    return this.queue(HAS_RECORDS, "delete_note", "Removal of a note", "", [], { id });
  }

  documents(clientId: string): DocumentCard[] {
    const waiting = this.waiting(clientId);
    const fresh = waiting.flatMap((pending) => {
      const document = this.about.get(pending.id)?.document;
      return document ? [{ ...document, pending }] : [];
    });
    return [
      ...fresh.toReversed(),
      ...this.kept(clientId).map((card) => ({ ...card, here: this.files.isHere(card.attachmentId ?? "", card.here), pending: this.over(waiting, card.id) })),
    ];
  }

  private kept(clientId: string): DocumentCard[] {
    if (has(clientId)) {
      return [...DOCUMENTS];
    }
    return makeCard(Number(clientId) - 1000).documents.map((document, index) => ({
      ...document,
      id: `doc-${clientId}-${index}`,
      extension: "pdf",
      size: 245_300,
      attachmentId: null,
      here: false,
      pending: null,
    }));
  }

  addDocument({ clientId, token, kind, subkind, caption }: DocumentAdd): OutboxItem {
    const file = this.file(token);
    const document = { id: null, kind, subkind: subkind ?? "", caption: caption ?? "", extension: file.format ?? "", size: file.size, createdAt: this.now().toISOString(), attachmentId: null, here: true, pending: null };
    return this.queue(clientId, "add_document", "New document", "document.pdf", [], { document });
  }

  replaceDocument({ clientId, id, token }: DocumentReplace): OutboxItem {
    this.file(token);
    return this.queue(clientId, "replace_document", "Another file for a document", "document.pdf", [], { id });
  }

  removeDocument(clientId: string, id: string): OutboxItem {
    return this.queue(clientId, "delete_document", "Removal of a document", "", [], { id });
  }

  correspondence(clientId: string): CorrespondenceRow[] {
    const fresh = this.waiting(clientId).flatMap((pending) => {
      const message = this.about.get(pending.id)?.message;
      return message ? [{ ...message, pending }] : [];
    });
    return [
      ...fresh.toReversed(),
      ...CORRESPONDENCE.filter(() => has(clientId)).map((one) => ({
        ...one,
        attachments: one.attachments.map((file) => ({ ...file, here: this.files.isHere(file.id, file.here) })),
      })),
    ];
  }

  send(message: MessageSend): OutboxItem {
    const [kind, recipient, title] =
      message.channel === "email"
        ? (["email", message.to, `E-mail to ${message.to}`] as const)
        : message.channel === "sms"
          ? (["sms", message.number, `Text message to ${message.number}`] as const)
          : (["postal_letter", message.address, "Letter by the portal"] as const);
    if (message.channel === "email" && !message.to.includes(".")) {
      throw new DeskProblem({ code: "bad_request", message: "to: not an e-mail address", fields: { to: ["not an e-mail address"] } });
    }
    const made = piece({ id: null, channel: message.channel, recipient, itemId: message.itemId, runBy: this.agent(), createdAt: this.now().toISOString() });
    return this.queue(message.clientId, kind, title, "", [], { message: made });
  }

  recordFax({ clientId, number, recipient }: FaxRecord): OutboxItem {
    if (number.replaceAll(/\D/g, "").length !== 10) {
      const message = "a fax number has ten digits, with or without +1 before them";
      throw new DeskProblem({ code: "bad_request", message: `number: ${message}`, fields: { number: [message] } });
    }
    const made = piece({ id: null, channel: "fax", recipient, runBy: this.agent(), createdAt: this.now().toISOString() });
    return this.queue(clientId, "record_fax", `Record of a fax to ${recipient}`, number, [], { message: made });
  }

  /** A file that came with a piece of correspondence. */
  attachment(id: string): FileLink | undefined {
    return CORRESPONDENCE.flatMap(({ attachments }) => attachments).find((file) => file.id === id);
  }

  /** Agreements that wait to be recorded. */
  agreements(clientId: string): AgreementCard[] {
    return this.waiting(clientId)
      .flatMap((pending) => {
        const agreement = this.about.get(pending.id)?.agreement;
        return agreement ? [{ ...agreement, pending }] : [];
      })
      .toReversed();
  }

  addAgreement({ clientId, name, kind, signedOn }: AgreementAdd): OutboxItem {
    const signedAt = signedOn && `${signedOn}T12:00:00Z`;
    const agreement: AgreementCard = { id: null, name, kind, state: signedOn ? "signed" : "unsigned", signedAt, cancellableUntil: signedOn, createdAt: this.now().toISOString(), file: null, pending: null };
    return this.queue(clientId, "create_agreement", "Signed agreement", name, [], { agreement });
  }

  straighten(token: string): StraightenedFile {
    const { name, size } = this.file(token);
    const file = fakeFile({ token: `${token}-straight`, name: name.replace(/\.\w+$/, ".jpg"), format: "jpeg", size: Math.round(size / 6) });
    this.chosen = [...this.chosen, file];
    return { file, turned: true, tilt: 1.84 };
  }

  private file(token: string): ChosenFile {
    const file = this.chosen.find((one) => one.token === token);
    return file ?? fakeFile({ token });
  }

  private waiting(clientId: string): OutboxItem[] {
    return this.outbox.list({ clientId, over: false });
  }

  private over(waiting: readonly OutboxItem[], id: string | null): OutboxItem | null {
    return waiting.find((item) => id !== null && this.about.get(item.id)?.id === id) ?? null;
  }

  private text(rowId: string): string {
    return this.outbox.get(rowId).fields[0]?.value ?? "";
  }

  private queue(
    clientId: string,
    kind: OutboxKind,
    title: string,
    detail: string,
    fields: OutboxField[],
    about: About = {},
  ): OutboxItem {
    const id = `record-${this.next}`;
    this.next += 1;
    this.about.set(id, about);
    const item = { id, clientId, kind, title, detail, createdAt: this.now().toISOString(), editable: fields.length > 0 };
    return this.outbox.put(fakeRow(item, { fields, fileHash: null }));
  }
}

function noteField(value: string): OutboxField {
  return { name: "note_text", label: "Note", value, long: true };
}

/** The made-up client that the portal has records of; the others have none. */
const HAS_RECORDS = "1030";

function has(clientId: string): boolean {
  return clientId === HAS_RECORDS;
}
