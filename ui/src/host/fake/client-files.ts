import { DeskProblem } from "../../lib/problem";
import type { ClientFile, ClientFileRef, FileLink, OutboxItem } from "../bindings";
import type { FakeFiles } from "./files";
import { type FakeOutbox, fakeRow } from "./outbox";

/** What the portal ties to the client that has records, besides documents. */
const KEPT: readonly FileLink[] = [
  { id: "7741", caption: "Police report", extension: "pdf", size: 312_400, here: false },
  { id: "7740", caption: "", extension: "jpg", size: 0, here: false },
];

/** The files of a made-up client's own record: what the portal ties to it, and what waits over it. */
export class FakeClientFiles {
  private readonly now: () => Date;
  private readonly outbox: FakeOutbox;
  private readonly files: FakeFiles;
  /** A file of the client's correspondence, to be tied. */
  private readonly known: (id: string) => FileLink | undefined;
  /** The file that a row of the outbox is about. */
  private readonly about = new Map<string, FileLink>();
  private next = 1;

  constructor(now: () => Date, outbox: FakeOutbox, files: FakeFiles, known: (id: string) => FileLink | undefined) {
    this.now = now;
    this.outbox = outbox;
    this.files = files;
    this.known = known;
  }

  list(clientId: string): ClientFile[] {
    const waiting = this.outbox.list({ clientId, over: false }).flatMap((pending) => {
      const file = this.about.get(pending.id);
      return file ? [{ file, pending }] : [];
    });
    const kept = this.kept(clientId);
    const fresh = waiting.filter(({ file }) => kept.every(({ id }) => id !== file.id));
    const over = (one: FileLink) => waiting.find(({ file }) => file.id === one.id)?.pending ?? null;
    const all = [...fresh, ...kept.map((file) => ({ file, pending: over(file) }))];
    return all.map(({ file, pending }) => ({ file: { ...file, here: this.files.isHere(file.id, file.here) }, pending }));
  }

  write(kind: "link_attachment" | "unlink_attachment", { clientId, fileId }: ClientFileRef): OutboxItem {
    const kept = this.list(clientId).find(({ file }) => file.id === fileId);
    if (kept?.pending) {
      throw new DeskProblem({ code: "outbox_waiting", message: "A change of this file waits in the outbox already: correct or cancel that one." });
    }
    const file = kept?.file ?? this.known(fileId);
    if (!file) {
      throw new DeskProblem({ code: "not_found", message: "This file is no longer in the cache. It may have been removed in the portal; sync to be sure." });
    }
    const id = `tie-${this.next}`;
    this.next += 1;
    this.about.set(id, file);
    const title = kind === "link_attachment" ? "File to be attached" : "File to be detached";
    return this.outbox.put(fakeRow({ id, clientId, kind, title, detail: "client", createdAt: this.now().toISOString(), editable: false }, { fields: [], fileHash: null }));
  }

  /** As the portal has them: a row that is done has changed it. */
  private kept(clientId: string): FileLink[] {
    let kept = clientId === "1030" ? [...KEPT] : [];
    for (const { id, stage, kind } of this.outbox.list({ clientId, over: true }).toReversed()) {
      const file = this.about.get(id);
      if (file && stage === "done") {
        kept = kind === "link_attachment" ? [file, ...kept] : kept.filter((one) => one.id !== file.id);
      }
    }
    return kept;
  }
}
