import { Button, Skeleton } from "@mantine/core";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import type { ReactNode } from "react";
import type { SyncStatus } from "../../host/bindings";
import { plural } from "../../lib/format";
import { ProgressList } from "./progress-list";
import { percent, useSyncCommand, useSyncStatus } from "./sync";
import classes from "./sync.module.css";

/** Stands where the clients will be, until the first of them arrive. */
export function FirstPull() {
  const { data: status } = useSyncStatus();
  const start = useSyncCommand("sync_start");
  const cancel = useSyncCommand("sync_cancel");
  const problem = status?.problem ?? null;

  return (
    <div className={classes["first"]} data-testid="first-pull">
      <PageTitle>Getting your clients</PageTitle>
      <p className={classes["lead"]}>
        The portal's clients and their items are copied to this computer, encrypted. The desk opens as soon as the first
        clients are here, and everything works without a network afterwards.
      </p>
      {status && status.resources.length > 0 ? (
        <ProgressList resources={status.resources} />
      ) : (
        <Skeleton height={180} animate={status?.running ?? false} />
      )}
      {status?.running ? (
        <div className={classes["buttons"]}>
          <Hint shortcut="syncStop">
            <Button variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending} data-testid="first-cancel">
              Cancel
            </Button>
          </Hint>
        </div>
      ) : problem && problem.code !== "cancelled" ? (
        <ProblemNotice problem={problem} onRetry={() => start.mutate()} retrying={start.isPending} />
      ) : (
        <Notice kind="info" title="The first sync has not ended">
          <p>What it brought is kept, and it goes on from there.</p>
          <Notice.Actions>
            <Hint shortcut="syncNow">
              <Button size="xs" onClick={() => start.mutate()} loading={start.isPending} data-testid="first-start">
                Start the sync
              </Button>
            </Hint>
          </Notice.Actions>
        </Notice>
      )}
    </div>
  );
}

/** Over the list while the first pull goes on: what is here can be used, what is missing is on its way. */
export function FirstPullBanner({ status, clients }: { status: SyncStatus; clients: number }): ReactNode {
  return (
    <div className={classes["banner"]}>
      <Notice kind="info">
        <p>
          {status.running
            ? `First sync, ${percent(status)} %: ${plural(clients, "client")} here so far. They can be opened now; items and templates follow.`
            : "The first sync has not ended: some clients or items may be missing. Open the sync state above to go on."}
        </p>
      </Notice>
    </div>
  );
}
