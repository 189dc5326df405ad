import { ActionIcon, Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack, removes } from "../../components/outbox-mark";
import { ProblemNotice } from "../../components/problem-notice";
import { Thumbnail } from "../../components/thumbnail";
import { Unknown } from "../../components/unknown";
import type { Undo } from "../../components/use-undo";
import type { ClientFile } from "../../host/bindings";
import type { ViewedFile } from "../../lib/files";
import { fileSize, plural } from "../../lib/format";
import { clientFileName, useClientFiles, useRemoveClientFile, viewed } from "./client-files";
import classes from "./documents.module.css";

interface ClientFilesSectionProps {
  clientId: string;
  online: boolean | null;
  undo: Undo;
  onOpen: (files: readonly ViewedFile[], at: number) => void;
}

/** Files of the client's own record that are neither documents nor of the correspondence alone. */
export function ClientFilesSection({ clientId, online, undo: { offer, cancel, report }, onOpen }: ClientFilesSectionProps) {
  const { files, waiting } = useClientFiles(clientId, online);
  const remove = useRemoveClientFile();

  const removeOne = (one: ClientFile) =>
    remove.mutate(
      { clientId, fileId: one.file.id },
      {
        onError: report,
        onSuccess: (item) => offer(`“${clientFileName(one)}” will be removed from the client. The portal deletes it if nothing else uses it.`, [item]),
      },
    );
  const rows = (list: readonly ClientFile[]) => (
    <table className={classes["table"]}>
      <thead>
        <tr>
          <th>Name</th>
          <th data-column="file">File</th>
          <th data-column="state">State</th>
          <th data-column="actions">
            <span className={classes["hidden"]}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((one, index) => {
          // How its row stands by now: the list is older.
          const pending = one.pending && (waiting.find(({ id }) => id === one.pending?.id) ?? one.pending);
          return (
            <ClientFileLine
              key={one.file.id}
              one={{ ...one, pending }}
              onOpen={() => onOpen(list.map(viewed), index)}
              onRemove={() => removeOne(one)}
              onTakeBack={() => cancel(pending ? [pending.id] : [])}
            />
          );
        })}
      </tbody>
    </table>
  );

  return (
    <section className={classes["others"]} aria-label="Other files of this client">
      <div className={classes["othersHead"]}>
        <h2>Other files of this client</h2>
        <span className={classes["aside"]}>Read from the portal when they are looked at. The portal deletes a removed file that nothing else uses.</span>
      </div>
      {online === false ? (
        <p className={classes["othersOffline"]} role="status" data-testid="client-files-offline">
          Offline: they are shown once the portal can be reached.
          {waiting.length > 0 ? ` ${plural(waiting.length, "change of them waits", "changes of them wait")} in the outbox.` : ""}
        </p>
      ) : (
        <Shown files={files}>{rows}</Shown>
      )}
    </section>
  );
}

/** Loading, not permitted, a problem, none, or the files. */
function Shown({ files: { data, error, refetch, isFetching }, children }: { files: ReturnType<typeof useClientFiles>["files"]; children: (list: readonly ClientFile[]) => ReactNode }) {
  if (!data && error?.code === "forbidden") {
    return (
      <EmptyState icon="lock" title="Your account may not read these files">
        <p>Ask an administrator of the portal for the permission.</p>
      </EmptyState>
    );
  }
  if (!data && error) {
    return (
      <div className={classes["othersProblem"]}>
        <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className={classes["othersProblem"]} aria-busy="true" data-testid="client-files-loading">
        <Skeleton height={32} />
      </div>
    );
  }
  return data.length > 0 ? (
    children(data)
  ) : (
    <EmptyState icon="clip" title="No other files">
      <p>A file of the correspondence that is kept with the client stands here.</p>
    </EmptyState>
  );
}

interface ClientFileLineProps {
  one: ClientFile;
  onOpen: () => void;
  onRemove: () => void;
  onTakeBack: () => void;
}

function ClientFileLine({ one, onOpen, onRemove, onTakeBack }: ClientFileLineProps) {
  const {
    file: { id, extension, size, here },
    pending,
  } = one;
  const name = clientFileName(one);
  return (
    <tr tabIndex={-1} data-record data-testid="client-file-row" data-leaving={removes(pending)}>
      <td className={classes["name"]} title={name}>
        <span className={classes["document"]}>
          <Thumbnail source={{ kind: "stored", id }} here={here} />
          <span>{name}</span>
        </span>
      </td>
      <td className="figures">{[extension.toUpperCase(), size > 0 ? fileSize(size) : ""].filter(Boolean).join(", ") || <Unknown />}</td>
      <td>{pending ? <OutboxMark item={pending} /> : "With the client"}</td>
      <td>
        <div className={classes["actions"]}>
          <Hint shortcut="recordOpen" label={here ? "Open" : "Open: fetched from the portal once"}>
            <ActionIcon size={24} onClick={onOpen} aria-label={`Open ${name}`} data-action="open">
              <Icon name="eye" size={14} />
            </ActionIcon>
          </Hint>
          {canTakeBack(pending) ? (
            <Hint shortcut="recordTakeBack">
              <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-action="takeback" data-testid="take-back">
                {removes(pending) ? "Keep it" : "Do not keep it"}
              </Button>
            </Hint>
          ) : null}
          {pending === null ? (
            <Hint shortcut="recordRemove" label="Remove from the client">
              <ActionIcon size={24} onClick={onRemove} aria-label={`Remove ${name} from the client`} data-action="remove">
                <Icon name="trash" size={14} />
              </ActionIcon>
            </Hint>
          ) : null}
        </div>
      </td>
    </tr>
  );
}
