import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import type { CachedKind, SettingsView, SyncStatus } from "../../host/bindings";
import { count, fileSize, instant, plural, words } from "../../lib/format";
import { Asides } from "./asides";
import { Facts, Section } from "./section";
import { useSaveDiagnostics } from "./settings";
import classes from "./settings.module.css";

export interface SyncControl {
  status: SyncStatus | undefined;
  start: () => void;
  /** Has everything read again. */
  everything: () => void;
  cancel: () => void;
  /** A start or a cancel is on its way. */
  pending: boolean;
}

interface DataSectionProps {
  settings: SettingsView | undefined;
  /** Off when the desk did not say. */
  known: boolean;
  sync: SyncControl;
  onOpenOutbox: () => void;
}

/** What is kept on this computer, how fresh it is, what lies in files that were set aside, and the file for support. */
export function DataSection({ settings, known, sync, onOpenOutbox }: DataSectionProps) {
  return (
    <Section title="Data" lead="What of the portal is kept on this computer, so that the work goes on without a network." testId="settings-data">
      <Asides onOpenOutbox={onOpenOutbox} />
      <Freshness sync={sync} />
      {known ? <Facts ghosts={3} rows={settings ? rowsOf(settings) : undefined} /> : null}
      {settings && settings.cache.parked > 0 ? (
        <Notice kind="caution" title={`${plural(settings.cache.parked, "record")} kept aside`} testId="settings-parked">
          <p>This version cannot read them. They are kept and read again after an update.</p>
        </Notice>
      ) : null}
      <Diagnostics />
    </Section>
  );
}

function rowsOf({ cache }: SettingsView): (readonly [string, ReactNode])[] {
  return [
    ["Size on the disk", fileSize(cache.bytes)],
    ["Kept here", <Kinds key="kinds" kinds={cache.kinds} />],
  ];
}

function Freshness({ sync: { status, start, everything, cancel, pending } }: { sync: SyncControl }) {
  const problem = status?.running ? null : status?.problem;
  return (
    <>
      {status?.online === false ? (
        <Notice kind="info" title="Offline" testId="settings-offline">
          <p>The portal cannot be reached. Everything on this page is on this computer and as it was at the last sync.</p>
        </Notice>
      ) : problem && problem.code !== "cancelled" ? (
        <ProblemNotice problem={problem} />
      ) : null}
      <div className={classes["line"]}>
        <span data-testid="settings-synced">
          {status === undefined ? "Sync state unknown." : status.finishedAt ? `Last whole sync: ${instant(status.finishedAt)}.` : "There has been no whole sync yet."}
          {status?.running ? " A sync is running." : ""}
        </span>
        {status?.running ? (
          <Hint shortcut="syncStop">
            <Button size="xs" variant="default" onClick={cancel} loading={pending} data-testid="settings-cancel-sync">
              Cancel the sync
            </Button>
          </Hint>
        ) : (
          <Hint shortcut="syncNow">
            <Button size="xs" variant="default" leftSection={<Icon name="sync" />} onClick={start} loading={pending} data-testid="settings-sync">
              {status?.online === false ? "Try again" : "Sync now"}
            </Button>
          </Hint>
        )}
      </div>
      {status?.everythingAt ? (
        <div className={classes["line"]}>
          <span>
            Everything was read on {instant(status.everythingAt)}. A sync after that brings what is new or was changed; what was deleted in the
            portal leaves this computer when everything is read again, once a day.
          </span>
          {status.running ? null : (
            <Hint shortcut="syncEverything">
              <Button size="xs" variant="default" onClick={everything} loading={pending} data-testid="settings-everything">
                Read everything again
              </Button>
            </Hint>
          )}
        </div>
      ) : null}
    </>
  );
}

function Kinds({ kinds }: { kinds: readonly CachedKind[] }) {
  return kinds.length === 0 ? (
    "Nothing yet: the first sync brings it."
  ) : (
    <ul className={classes["kinds"]} data-testid="settings-kinds">
      {kinds.map(({ resource, records, whole }) => (
        <li key={resource}>
          <span>{resource === "client_details" ? "Clients with their documents, agreements and tasks" : words(resource)}</span>
          <span className="figures">{count(records)}</span>
          {whole ? null : <Tag tone="warn">Not read whole</Tag>}
        </li>
      ))}
    </ul>
  );
}

function Diagnostics() {
  const { save, pending } = useSaveDiagnostics();
  return (
    <div className={classes["line"]}>
      <span>
        For support: versions, counts and settings as a text file. It holds no names, numbers, addresses or texts of clients, no passwords and no keys.
      </span>
      <Hint shortcut="diagnostics">
        <Button size="xs" variant="default" leftSection={<Icon name="save" />} onClick={save} loading={pending} data-testid="save-diagnostics">
          Save diagnostics
        </Button>
      </Hint>
    </div>
  );
}
