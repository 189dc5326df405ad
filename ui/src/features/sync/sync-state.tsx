import { Button, Popover, Progress, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { hint } from "../../components/hint";
import { Icon, type IconName } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { OutboxPause, OutboxStatus, Problem, SyncStatus } from "../../host/bindings";
import { ago, instant, plural } from "../../lib/format";
import { useNow } from "../../lib/use-now";
import { useShortcuts } from "../../lib/use-shortcuts";
import { ProgressList } from "./progress-list";
import { percent, useSyncCommand, useSyncStatus } from "./sync";
import classes from "./sync.module.css";

type Kind = "unknown" | "syncing" | "offline" | "problem" | "synced" | "never";

interface Summary {
  kind: Kind;
  text: string;
  icon: IconName;
}

function summarise(status: SyncStatus | undefined, problem: Problem | null, now: number): Summary {
  if (!status) {
    return { kind: "unknown", text: "Sync state unknown", icon: "sync" };
  }
  if (status.running) {
    return { kind: "syncing", text: `Syncing ${percent(status)} %`, icon: "sync" };
  }
  if (status.online === false) {
    return { kind: "offline", text: "Offline", icon: "offline" };
  }
  if (problem && problem.code !== "cancelled") {
    return { kind: "problem", text: "Sync problem", icon: "warning" };
  }
  if (status.finishedAt) {
    return { kind: "synced", text: `Synced ${ago(status.finishedAt, now)}`, icon: "check" };
  }
  return { kind: "never", text: "Not synced yet", icon: "sync" };
}

/** The state of the pull in the frame, with its detail one press away. */
export function SyncState({ outbox }: { outbox: OutboxStatus | undefined }) {
  const { data: status, error } = useSyncStatus();
  const start = useSyncCommand("sync_start");
  const cancel = useSyncCommand("sync_cancel");
  const [opened, setOpened] = useState(false);
  useShortcuts({ syncDetail: () => setOpened(!opened) });
  // An instant may be newer than the clock's last half minute.
  const now = Math.max(useNow(), status?.finishedAt ? Date.parse(status.finishedAt) : 0);
  const problem = status?.problem ?? error;
  const { kind, text, icon } = summarise(status, problem, now);

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} withArrow trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes["state"]}
          onClick={() => setOpened(!opened)}
          {...hint("syncDetail")}
          data-kind={kind}
          data-testid="sync-state"
          data-running={status?.running ?? false}
          aria-label={`${text}. Show the sync in detail`}
        >
          <Icon name={icon} />
          <span data-testid={kind === "offline" ? "offline-badge" : undefined}>{text}</span>
          {kind === "syncing" && status ? (
            <Progress className={classes["bar"] ?? ""} size={3} value={percent(status)} aria-hidden="true" />
          ) : null}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes["popover"] ?? ""} aria-label="Sync" data-testid="sync-detail">
        {kind === "offline" ? (
          <Notice kind="info" title="Offline">
            <p>
              The portal cannot be reached. Clients, items and letters are on this computer: find, prepare, save and print
              as usual.
            </p>
          </Notice>
        ) : null}
        {outbox ? <Unsent outbox={outbox} away={kind === "offline"} /> : null}
        {kind === "problem" && problem ? <ProblemNotice problem={problem} /> : null}
        <p className={classes["last"]}>
          {status?.finishedAt ? `Last whole sync: ${instant(status.finishedAt)}.` : "There has been no whole sync yet."}
        </p>
        {status && status.resources.length > 0 ? <ProgressList resources={status.resources} /> : null}
        {status && status.parked > 0 ? (
          <Notice kind="caution" title={`${plural(status.parked, "record")} kept aside`}>
            <p>This version cannot read them. They are kept and read again after an update.</p>
          </Notice>
        ) : null}
        <div className={classes["buttons"]}>
          {status?.running ? (
            <Hint shortcut="syncStop">
              <Button size="xs" variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending} data-testid="sync-cancel">
                Cancel the sync
              </Button>
            </Hint>
          ) : (
            <Hint shortcut="syncNow">
              <Button size="xs" variant="default" onClick={() => start.mutate()} loading={start.isPending} data-testid="sync-start">
                {kind === "offline" || kind === "problem" ? "Try again" : "Sync now"}
              </Button>
            </Hint>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

const HOW: Record<OutboxPause, string> = {
  agent: "You paused sending: nothing is sent before you resume it in the outbox.",
  sign_in: "Nothing is sent before you sign in again.",
  cache_failed: "The desk's files failed: nothing is sent before the next start.",
  away: "What waits is sent by itself when the portal is back.",
};

/** What keeps the outbox, and what that means for what is to be sent. */
function Unsent({ outbox: { waiting, trouble, pausedRows, paused }, away }: { outbox: OutboxStatus; away: boolean }) {
  const unsent = waiting + trouble + pausedRows;
  if (unsent === 0 || (!away && paused === null)) {
    return null;
  }
  const how = paused ? HOW[paused] : HOW.away;
  return (
    <Notice kind={paused === "cache_failed" ? "problem" : "caution"} title={`${plural(unsent, "thing waits", "things wait")} in the outbox`} testId="sync-unsent">
      <p>
        {how} It is kept on this computer{trouble > 0 ? `; ${plural(trouble, "row needs", "rows need")} you` : ""}.
      </p>
    </Notice>
  );
}
