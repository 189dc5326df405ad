import type { OutboxItem } from "../host/bindings";
import { Tag, type Tone } from "./tag";
import classes from "./outbox-mark.module.css";

/** Where the outbox page is. The application's routes read the same. */
const OUTBOX = "#/outbox";

/** How a row of the outbox stands, as the record that it belongs to shows it, with the way to the outbox; in brief without why. */
export function OutboxMark({ item, brief = false }: { item: OutboxItem; brief?: boolean }) {
  const { tone, text } = standing(item);
  const paused = item.paused ? "You paused it; it goes once you resume it." : "";
  const why = item.trouble?.message ?? (paused || (item.behind ? "Something else of this client goes first." : ""));
  return (
    <a className={classes["mark"]} href={OUTBOX} title={[item.title, why].filter(Boolean).join(": ")} data-testid="outbox-mark">
      <Tag tone={tone}>{text}</Tag>
      {item.asks && why && !brief ? <span className={classes["why"]}>{why}</span> : null}
    </a>
  );
}

function standing(item: OutboxItem): { tone: Tone; text: string } {
  if (item.asks) {
    return { tone: "bad", text: "Needs you" };
  }
  if (item.stage === "sending") {
    return { tone: "info", text: "Sending" };
  }
  if (item.paused) {
    return { tone: "warn", text: removes(item) ? "Removal paused" : "Paused" };
  }
  if (removes(item)) {
    return { tone: "warn", text: "Removal waiting" };
  }
  if (item.kind === "replace_document") {
    return { tone: "info", text: "New file waiting" };
  }
  if (item.kind === "update_note" || item.kind === "update_client") {
    return { tone: "info", text: "Change waiting" };
  }
  return { tone: "info", text: "Waiting" };
}

/** Whether a row can still be taken back: once it is on its way, nobody can. */
export function canTakeBack(item: OutboxItem | null): item is OutboxItem {
  return item !== null && (item.stage === "queued" || item.stage === "rejected");
}

/** Whether a row takes its record away. */
export function removes(item: OutboxItem | null): boolean {
  return item?.kind === "delete_note" || item?.kind === "delete_document" || item?.kind === "remove_goals" || item?.kind === "unlink_attachment";
}
