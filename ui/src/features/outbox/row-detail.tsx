import { Button, Progress } from "@mantine/core";
import type { ReactNode, Ref } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { OutboxDecision, OutboxDetail, OutboxItem, OutboxPause, OutboxTroubleKind } from "../../host/bindings";
import { count, instant, phone, plural, sentence } from "../../lib/format";
import { kindName } from "../../lib/outbox-words";
import { useShortcuts } from "../../lib/use-shortcuts";
import { useUpload } from "../../lib/use-upload";
import { Evidence } from "./evidence";
import { can, goesOver, isOver, nextTry, standing, useRow } from "./outbox";
import classes from "./outbox.module.css";

interface RowDetailProps {
  ref: Ref<HTMLElement>;
  item: OutboxItem;
  head: OutboxItem | undefined;
  paused: OutboxPause | null;
  now: number;
  retrying: boolean;
  pausing: boolean;
  onRetry: () => void;
  /** Pauses the row, or lets it go. */
  onPause: () => void;
  onAsk: (what: "edit" | "cancel" | "settle") => void;
  onShow: (item: OutboxItem) => void;
  onOpenClient: (clientId: string) => void;
}

const DECISIONS: Record<OutboxDecision, string> = {
  was_sent: "It was sent",
  send_again: "Send it again",
  cancel: "Give it up",
};

/** One row in full: where it stands, what can be done, and all that was seen of it. */
export function RowDetail({ ref, item, head, paused, now, retrying, pausing, onRetry, onPause, onAsk, onShow, onOpenClient }: RowDetailProps) {
  const { data: row, error, refetch, isFetching } = useRow(item.id);
  const may = can(item);
  const { word, tone, why } = standing(item, head, paused, now);
  const before = item.behind && head && head.id !== item.id ? head : null;
  const next = nextTry(item, paused);
  useShortcuts({ outboxClient: () => onOpenClient(item.clientId), ...(before ? { outboxBefore: () => onShow(before) } : {}) });

  return (
    <>
      <div className={classes["actions"]} role="toolbar" aria-label="Row actions">
        <Hint shortcut="outboxRetry" label={goesOver(item) ? "Send mine over the portal's" : "Try now"}>
          <Button size="xs" variant="default" leftSection={<Icon name="sync" />} disabled={!may.retry} loading={retrying} onClick={onRetry} data-testid="outbox-retry">
            {goesOver(item) ? "Send mine over it" : "Try now"}
          </Button>
        </Hint>
        <Hint shortcut="outboxEdit">
          <Button size="xs" variant="default" leftSection={<Icon name="pencil" />} disabled={!may.edit} onClick={() => onAsk("edit")} data-testid="outbox-edit">
            Correct
          </Button>
        </Hint>
        <Hint shortcut="outboxPause" label={pauseHint(item)}>
          <Button
            size="xs"
            variant={may.resume ? "filled" : "default"}
            leftSection={<Icon name={may.resume ? "resume" : "pause"} />}
            disabled={!may.pause && !may.resume}
            loading={pausing}
            onClick={onPause}
            data-testid="outbox-pause"
          >
            {may.resume ? "Resume" : "Pause"}
          </Button>
        </Hint>
        <Hint shortcut="outboxCancel" label={item.stage === "unknown" ? "It may be there already: settle it instead" : "Cancel it"}>
          <Button size="xs" variant="default" leftSection={<Icon name="cross" />} disabled={!may.cancel} onClick={() => onAsk("cancel")} data-testid="outbox-cancel">
            Cancel
          </Button>
        </Hint>
        {item.stage === "unknown" ? (
          <Hint shortcut="outboxSettle">
            <Button size="xs" variant={item.asks ? "filled" : "default"} leftSection={<Icon name="check" />} disabled={!may.settle} onClick={() => onAsk("settle")} data-testid="outbox-settle">
              Settle
            </Button>
          </Hint>
        ) : null}
        <Hint shortcut="outboxClient">
          <Button size="xs" variant="subtle" ml="auto" onClick={() => onOpenClient(item.clientId)} data-testid="outbox-client-link">
            Open the client
          </Button>
        </Hint>
      </div>
      <article ref={ref} tabIndex={-1} className={classes["detail"]} aria-labelledby="outbox-row-title" data-testid="outbox-detail">
        <div>
          <h2 id="outbox-row-title" className={classes["detailTitle"]}>
            {item.title} <Tag tone={tone}>{word}</Tag>
          </h2>
          <p className={classes["detailSub"]}>{[item.clientName, item.detail].filter(Boolean).join(", ")}</p>
        </div>
        <Upload item={item} />
        {isOver(item) ? null : <Standing item={item} why={why} />}
        {before ? (
          <p className={classes["blocks"]}>
            <Hint shortcut="outboxBefore">
              <Button size="compact-sm" variant="default" onClick={() => onShow(before)} data-testid="outbox-before">
                Show the row before it
              </Button>
            </Hint>
          </p>
        ) : null}
        {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} /> : null}
        <dl className={classes["facts"]}>
          <Fact name="Kind" value={upper(kindName(item.kind))} />
          <Fact name="Queued" value={instant(item.createdAt)} />
          <Fact name="Last call began" value={item.sentAt ? instant(item.sentAt) : "Never"} />
          {next ? <Fact name="Next try" value={instant(next)} /> : null}
          <Fact name="Answered without taking it" value={plural(item.attempts, "time")} />
        </dl>
        {row ? <Seen row={row} /> : null}
      </article>
    </>
  );
}

/** What keeps it, with the server's words beside the field they are about, and what to do. */
function Standing({ item, why }: { item: OutboxItem; why: string }) {
  const { trouble } = item;
  const fields = Object.entries(trouble?.fields ?? {});
  return (
    <Notice kind={item.asks ? "problem" : "info"} title={item.asks ? titleOf(item) : undefined} testId="outbox-why">
      <p>{why}</p>
      {fields.length > 0 ? (
        <ul className={classes["fields"]}>
          {fields.map(([field, messages]) => (
            <li key={field}>
              <strong>{upper(field.replaceAll("_", " "))}:</strong> {messages.map(sentence).join(" ")}
            </li>
          ))}
        </ul>
      ) : null}
      {trouble?.theirs ? (
        <div className={classes["theirs"]}>
          <span>The portal has now:</span>
          <blockquote>{trouble.theirs}</blockquote>
        </div>
      ) : null}
      {item.asks ? <p className={classes["todo"]}>{todo(item)}</p> : null}
    </Notice>
  );
}

/** What a pause of this row comes to. */
function pauseHint({ stage, paused }: OutboxItem): string {
  if (paused) {
    return "Let it go";
  }
  if (stage === "sending") {
    return "A file on its way is stopped and goes anew; any other call is finished first";
  }
  return stage === "unknown"
    ? "The desk still reads whether it arrived, and sends nothing again"
    : "Keep it here until you resume it; this client's later rows wait, too";
}

const TITLES: Partial<Record<OutboxTroubleKind, string>> = {
  refused: "The portal refused it",
  held: "The desk holds it back",
  conflict: "The portal's record changed under this edit",
  too_many_tries: "The portal failed too often",
  unknown_kind: "This version does not know it",
};

function titleOf({ trouble, stage }: OutboxItem): string {
  return stage === "unknown" ? "Nobody knows whether it arrived" : ((trouble && TITLES[trouble.kind]) ?? "It needs you");
}

function todo(item: OutboxItem): string {
  if (item.kind === null) {
    return "Nothing can be done with it here. It holds up this client's later rows until the desk is updated.";
  }
  if (item.stage === "unknown") {
    return "Look at the evidence below and on the portal, then settle it. Until then nothing more of this client is sent.";
  }
  if (goesOver(item)) {
    return "Send yours over it, correct yours first, or cancel yours and keep the portal's.";
  }
  return item.editable
    ? "Correct it, try it as it is, or cancel it. Until then nothing more of this client is sent."
    : "Try it again once the cause is gone, or cancel it. Until then nothing more of this client is sent.";
}

function Upload({ item }: { item: OutboxItem }) {
  const upload = useUpload(item.id);
  if (item.stage !== "sending" || !upload || upload.total === 0) {
    return null;
  }
  return (
    <div className={classes["upload"]} data-testid="outbox-upload">
      <Progress value={(upload.sent / upload.total) * 100} size={4} aria-label="File on its way" />
      <span>
        {count(Math.ceil(upload.sent / 1024))} of {count(Math.ceil(upload.total / 1024))} KB
      </span>
    </div>
  );
}

function Seen({ row }: { row: OutboxDetail }) {
  return (
    <>
      {row.fields.length > 0 ? (
        <section aria-label="What is sent">
          <h3 className={classes["heading"]}>What is sent</h3>
          <dl className={classes["facts"]}>
            {row.fields.map(({ name, label, value }) => (
              <Fact key={name} name={label} value={/number$|phone$/.test(name) ? phone(value) : value} />
            ))}
          </dl>
        </section>
      ) : null}
      <section aria-label="What was seen of it">
        <h3 className={classes["heading"]}>What was seen of it</h3>
        <Evidence row={row} />
      </section>
      {row.payloadHash || row.attachmentId || row.serverId || row.decision ? (
        <dl className={classes["facts"]}>
          {row.decision ? <Fact name="You decided" value={`${DECISIONS[row.decision.decision]}, ${instant(row.decision.at)}`} /> : null}
          {row.serverId ? <Fact name="The portal's key" value={row.serverId} code /> : null}
          {row.attachmentId ? <Fact name="The file's key there" value={row.attachmentId} code /> : null}
          {row.fileHash ? <Fact name="File, SHA-256" value={row.fileHash} code /> : null}
          {row.payloadHash ? <Fact name="All of it, SHA-256" value={row.payloadHash} code /> : null}
        </dl>
      ) : null}
    </>
  );
}

function Fact({ name, value, code = false }: { name: string; value: ReactNode; code?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd data-code={code}>{value}</dd>
    </>
  );
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
