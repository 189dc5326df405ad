import { DeskProblem } from "../../lib/problem";
import type {
  FaxSend,
  FaxesQueued,
  LetterRow,
  OutboxDetail,
  OutboxEdit,
  OutboxItem,
  OutboxPause,
  OutboxQuery,
  OutboxSettle,
  OutboxStage,
  OutboxStatus,
} from "../bindings";
import { makeRow } from "./people";

/** A row as a test wants it; what it leaves out is that of a fax that waits. */
export function fakeRow(item: Partial<OutboxItem> & { id: string }, detail: Partial<Omit<OutboxDetail, "item">> = {}): OutboxDetail {
  const clientId = item.clientId ?? "1030";
  return {
    item: {
      clientId,
      clientName: makeRow(Number(clientId) - 1000).name,
      kind: "fax",
      stage: "queued",
      title: "Fax to Equifax Information Services LLC",
      detail: "(888) 555-0100",
      createdAt: "2026-03-02T15:04:00Z",
      sentAt: null,
      nextAt: null,
      attempts: 0,
      behind: false,
      asks: false,
      paused: false,
      trouble: null,
      letterId: null,
      editable: item.stage === undefined || item.stage === "queued" || item.stage === "rejected",
      ...item,
    },
    fields: [{ name: "fax_number", label: "Fax number", value: "8885550100", long: false }],
    payloadHash: "9c1d".repeat(16),
    evidence: [],
    fileHash: "5f3a".repeat(16),
    attachmentId: null,
    serverId: null,
    decision: null,
    ...detail,
  };
}

/** One row of each sort, for a developer's browser. */
export function sampleRows(now: Date): OutboxDetail[] {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  const none = { fields: [], fileHash: null };
  return [
    fakeRow(
      {
        id: "row-1",
        clientId: "1004",
        stage: "rejected",
        asks: true,
        attempts: 1,
        createdAt: ago(190),
        sentAt: ago(188),
        detail: "(888) 555-0199",
        trouble: {
          kind: "refused",
          message: "The portal refused some values.",
          fields: { fax_number: ["The fax number is not a valid US number."] },
          theirs: null,
        },
      },
      { fields: [{ name: "fax_number", label: "Fax number", value: "8885550199", long: false }], evidence: [{ at: ago(188), what: "the portal refused it: fax_number: The fax number is not a valid US number." }] },
    ),
    fakeRow({ id: "row-2", clientId: "1004", title: "Fax to Midtown Recovery Partners", detail: "(800) 555-0111", behind: true, createdAt: ago(189) }),
    fakeRow(
      { id: "row-3", clientId: "1004", kind: "create_note", title: "New note", detail: "Client called, wants copies of both letters.", behind: true, createdAt: ago(44) },
      { ...none, fields: [{ name: "note_text", label: "Note", value: "Client called, wants copies of both letters.", long: true }] },
    ),
    fakeRow(
      {
        id: "row-4",
        clientId: "1011",
        stage: "unknown",
        asks: true,
        kind: "sms",
        title: "Text message to (305) 555-0142",
        detail: "Your letters went out today.",
        createdAt: ago(75),
        sentAt: ago(74),
        attempts: 1,
        trouble: {
          kind: "unclear",
          message: "the portal's list does not show it, which proves nothing for this kind of message",
          fields: {},
          theirs: null,
        },
      },
      {
        ...none,
        evidence: [
          { at: ago(74), what: "the connection broke before the answer" },
          { at: ago(70), what: "the portal lists 3 text messages to this client, none with this text" },
          { at: ago(69), what: "the portal lists 3 text messages to this client, none with this text" },
        ],
      },
    ),
    fakeRow(
      {
        id: "row-5",
        clientId: "1017",
        stage: "rejected",
        asks: true,
        kind: "update_note",
        title: "Changed note",
        detail: "Disputes round 2 on March 9.",
        createdAt: ago(30),
        sentAt: ago(29),
        trouble: { kind: "conflict", message: "The note was changed on the portal after it was read here.", fields: {}, theirs: "Round 2 moved to March 16, client travels." },
      },
      { ...none, fields: [{ name: "note_text", label: "Note", value: "Disputes round 2 on March 9.", long: true }] },
    ),
    fakeRow({ id: "row-6", clientId: "1022", stage: "sending", title: "Fax to Experian", createdAt: ago(2), sentAt: ago(0), editable: false }),
    fakeRow({
      id: "row-7",
      clientId: "1029",
      kind: "add_document",
      title: "New document",
      detail: "utility-bill.pdf",
      createdAt: ago(12),
      sentAt: ago(4),
      nextAt: new Date(now.getTime() + 4 * 60_000).toISOString(),
      editable: false,
      trouble: { kind: "busy", message: "the portal asked for time", fields: {}, theirs: null },
    }),
    fakeRow({ id: "row-10", clientId: "1033", kind: "add_document", title: "New document", detail: "bank-statements.pdf", createdAt: ago(22), paused: true, editable: false }, { ...none, fileHash: "5f3a".repeat(16) }),
    fakeRow({ id: "row-11", clientId: "1033", title: "Fax to Experian", createdAt: ago(20), behind: true }),
    fakeRow({ id: "row-8", clientId: "1029", stage: "done", title: "Fax to TransUnion LLC Consumer Dispute Center", createdAt: ago(400), sentAt: ago(399), editable: false }, { serverId: "90412", attachmentId: "7731" }),
    fakeRow({ id: "row-9", clientId: "1011", stage: "cancelled", createdAt: ago(500), editable: false }),
  ];
}

/** The outbox of a made-up desk: it changes by what the agent does, and sends nothing. */
export class FakeOutbox {
  private rows: OutboxDetail[];
  private next = 1;
  private readonly now: () => Date;
  paused: OutboxPause | null;

  constructor(now: () => Date, rows: readonly OutboxDetail[], paused: OutboxPause | null) {
    this.now = now;
    this.rows = [...rows];
    this.paused = paused;
  }

  list({ clientId, over }: OutboxQuery): OutboxItem[] {
    const items = this.rows.map(({ item }) => item).filter((item) => (clientId === null || item.clientId === clientId) && (over || !isOver(item.stage)));
    return over ? items.toReversed() : items;
  }

  status(): OutboxStatus {
    const unsent = this.list({ clientId: null, over: false });
    const trouble = unsent.filter(({ asks }) => asks).length;
    const pausedRows = unsent.filter(({ asks, paused, stage }) => paused && !asks && stage === "queued").length;
    return { waiting: unsent.length - trouble - pausedRows, trouble, pausedRows, paused: this.paused };
  }

  get(id: string): OutboxDetail {
    return this.rows.find(({ item }) => item.id === id) ?? refuse("not_found", "This row is no longer here.");
  }

  put(row: OutboxDetail): OutboxItem {
    const known = this.rows.some(({ item }) => item.id === row.item.id);
    this.rows = known ? this.rows.map((one) => (one.item.id === row.item.id ? row : one)) : [...this.rows, row];
    return row.item;
  }

  retry(id: string): OutboxItem {
    return this.move(id, ["queued", "rejected"], { stage: "queued", asks: false, paused: false, trouble: null, nextAt: null, attempts: 0 });
  }

  pause(id: string): OutboxItem {
    return this.move(id, ["queued", "sending", "unknown"], { paused: true });
  }

  resume(id: string): OutboxItem {
    return this.move(id, ["queued", "sending", "unknown", "rejected"], { paused: false });
  }

  pauseAll(paused: boolean): OutboxStatus {
    this.paused = paused ? "agent" : null;
    return this.status();
  }

  cancel(id: string): OutboxItem {
    return this.move(id, ["queued", "rejected"], { stage: "cancelled", asks: false, paused: false, nextAt: null, editable: false });
  }

  settle({ id, decision }: OutboxSettle): OutboxItem {
    const stage = { was_sent: "done", send_again: "queued", cancel: "cancelled" } as const;
    this.move(id, ["unknown"], { stage: stage[decision], asks: false, trouble: null, nextAt: null });
    return this.put({ ...this.get(id), decision: { decision, at: this.now().toISOString() } });
  }

  edit({ id, values }: OutboxEdit): OutboxItem {
    const row = this.get(id);
    const number = values["fax_number"];
    if (number !== undefined && number.replaceAll(/\D/g, "").length !== 10) {
      const message = "a fax number has ten digits, with or without +1 before them";
      throw new DeskProblem({ code: "bad_request", message: `fax_number: ${message}`, fields: { fax_number: [message] } });
    }
    this.put({ ...row, fields: row.fields.map((field) => ({ ...field, value: values[field.name] ?? field.value })) });
    const queued = this.retry(id);
    return this.put({ ...this.get(id), item: { ...queued, paused: row.item.paused } });
  }

  fax({ letterIds, numbers }: FaxSend, letter: (id: string) => LetterRow | undefined): FaxesQueued {
    const given: FaxesQueued = { queued: [], problems: [] };
    for (const letterId of letterIds) {
      const found = letter(letterId);
      const number = numbers[letterId] ?? found?.faxNumber;
      if (!found || !number) {
        const message = found ? `${found.recipientName} has no fax number on the portal.` : "This letter is no longer here.";
        given.problems.push({ letterId, problem: { code: found ? "bad_request" : "not_found", message } });
      } else {
        const row = fakeRow({
          id: `fax-${this.next}`,
          clientId: found.clientId,
          title: `Fax to ${found.recipientName}`,
          detail: number,
          letterId,
          createdAt: this.now().toISOString(),
        });
        this.next += 1;
        given.queued.push(this.put(row));
      }
    }
    return given;
  }

  private move(id: string, from: readonly OutboxStage[], part: Partial<OutboxItem>): OutboxItem {
    const row = this.get(id);
    if (!from.includes(row.item.stage)) {
      refuse("outbox_moved", `This is ${row.item.stage} by now. Look again.`);
    }
    return this.put({ ...row, item: { ...row.item, ...part } });
  }
}

function isOver(stage: OutboxStage): boolean {
  return stage === "done" || stage === "cancelled";
}

function refuse(code: "not_found" | "outbox_moved", message: string): never {
  throw new DeskProblem({ code, message });
}
