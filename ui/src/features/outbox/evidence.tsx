import type { OutboxDetail } from "../../host/bindings";
import { instant, sentence } from "../../lib/format";
import classes from "./outbox.module.css";

/** What was seen of a row's fate, oldest first, each with its time. */
export function Evidence({ row }: { row: OutboxDetail }) {
  if (row.evidence.length === 0) {
    return <p className={classes["none"]}>{row.item.sentAt ? "Nothing out of the ordinary." : "It has not been sent, so nothing was seen of it."}</p>;
  }
  return (
    <ol className={classes["evidence"]} data-testid="outbox-evidence">
      {row.evidence.map(({ at, what }) => (
        <li key={`${at} ${what}`}>
          <time dateTime={at}>{instant(at)}</time>
          <span>{sentence(what)}</span>
        </li>
      ))}
    </ol>
  );
}
