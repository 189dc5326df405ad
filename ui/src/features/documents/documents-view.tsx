import { ActionIcon, Button, Progress } from "@mantine/core";
import { useState } from "react";
import { FileViewer } from "../../components/file-viewer";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack, removes } from "../../components/outbox-mark";
import { useRecordKeys } from "../../components/record-keys";
import { Records } from "../../components/records";
import { Thumbnail } from "../../components/thumbnail";
import { Unknown } from "../../components/unknown";
import { useNothing } from "../../components/use-nothing";
import { useUndo } from "../../components/use-undo";
import type { ChosenFile, DocumentCard, OutboxItem } from "../../host/bindings";
import type { ViewedFile } from "../../lib/files";
import { kindName, subkindName } from "../../lib/document-types";
import { fileSize, instantDay, plural } from "../../lib/format";
import { useChooseFiles } from "../../lib/use-choose-files";
import { canPause, usePause } from "../../lib/use-pause";
import { useUpload } from "../../lib/use-upload";
import { AddDialog } from "./add-dialog";
import { ClientFilesSection } from "./client-files-section";
import classes from "./documents.module.css";
import { documentFile, documentKey, documentName, useDocuments, useRemoveDocument } from "./documents";
import { ReplaceDialog, type Replacing } from "./replace-dialog";

interface DocumentsViewProps {
  clientId: string;
  online: boolean | null;
  /** Chosen or dropped, and not decided yet. */
  files: readonly ChosenFile[];
  onFiles: (files: ChosenFile[]) => void;
}

const NONE = { icon: "file", title: "No documents yet", text: "Add files, or drop them on the window: JPEG, PNG, PDF and Word, up to 50 MB each." } as const;

/**
 * A client's documents: opened in the window, added by choosing or dropping files, replaced, removed with a way back. Below them stand
 * the other files of the client.
 */
export function DocumentsView({ clientId, online, files, onFiles }: DocumentsViewProps) {
  const { data: documents, error, refetch } = useDocuments(clientId);
  const none = useNothing("documents", clientId, documents?.length === 0, NONE);
  const choose = useChooseFiles();
  const remove = useRemoveDocument();
  const pausing = usePause();
  const [replacing, setReplacing] = useState<Replacing | null>(null);
  const undoing = useUndo();
  const { offer, undo, cancel, report } = undoing;
  const [viewed, setViewed] = useState<readonly ViewedFile[]>([]);
  const [at, setAt] = useState<number | null>(null);
  const view = (viewable: readonly ViewedFile[], first: number) => {
    setViewed(viewable);
    setAt(first);
  };

  const chooseThen = (then: (chosen: ChosenFile[]) => void) => {
    if (!choose.isPending) {
      choose.mutate(undefined, {
        onError: report,
        // None means that the agent closed the dialog.
        onSuccess: (chosen) => {
          if (chosen.length > 0) {
            then(chosen);
          }
        },
      });
    }
  };
  const addFiles = () => chooseThen((chosen) => onFiles([...files, ...chosen]));

  useRecordKeys({ onAdd: addFiles, onUndo: undo });

  return (
    <>
      <Records
        label="Documents"
        online={online}
        records={documents}
        problem={error}
        onRetry={() => void refetch()}
        empty={none}
        below={<ClientFilesSection key={clientId} clientId={clientId} online={online} undo={undoing} onOpen={view} />}
        tools={
          <>
            <Hint shortcut="recordAdd" label="Add files">
              <Button size="xs" variant="default" leftSection={<Icon name="plus" />} onClick={addFiles} data-testid="add-files">
                Add files
              </Button>
            </Hint>
            <span className={classes["aside"]}>or drop them on the window</span>
          </>
        }
      >
        {(rows) => (
          <table className={classes["table"]}>
            <thead>
              <tr>
                <th data-column="document">Document</th>
                <th>Type</th>
                <th>Caption</th>
                <th data-column="file">File</th>
                <th data-column="filed">Filed</th>
                <th data-column="state">State</th>
                <th data-column="actions">
                  <span className={classes["hidden"]}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((document) => (
                <DocumentLine
                  key={documentKey(document)}
                  document={document}
                  onOpen={() => {
                    const openable = rows.filter((row) => documentFile(row) !== null);
                    view(openable.flatMap((row) => documentFile(row) ?? []), openable.indexOf(document));
                  }}
                  onReplace={() => chooseThen((chosen) => setReplacing({ document, files: chosen }))}
                  onRemove={() =>
                    remove.mutate(
                      { clientId, id: document.id ?? "" },
                      { onError: report, onSuccess: (item) => offer("The document will be removed.", [item]) },
                    )
                  }
                  onPause={({ id, paused }) => {
                    if (!pausing.isPending) {
                      pausing.mutate({ id, paused: !paused }, { onError: report });
                    }
                  }}
                  onTakeBack={() => cancel(document.pending ? [document.pending.id] : [])}
                />
              ))}
            </tbody>
          </table>
        )}
      </Records>
      <FileViewer files={viewed} at={at} onMove={setAt} onClose={() => setAt(null)} />
      <AddDialog
        clientId={clientId}
        online={online}
        files={replacing ? [] : files}
        onFiles={onFiles}
        onAdded={(items) => {
          if (items.length > 0) {
            offer(`${plural(items.length, "document waits", "documents wait")} in the outbox.`, items);
          }
        }}
      />
      <ReplaceDialog
        clientId={clientId}
        replacing={replacing}
        onClose={() => setReplacing(null)}
        onReplaced={(item) => offer("The new file waits in the outbox.", [item])}
      />
    </>
  );
}

interface DocumentLineProps {
  document: DocumentCard;
  onOpen: () => void;
  onReplace: () => void;
  onRemove: () => void;
  /** Pauses what is on its way, or lets it go. */
  onPause: (item: OutboxItem) => void;
  onTakeBack: () => void;
}

function DocumentLine({ document, onOpen, onReplace, onRemove, onPause, onTakeBack }: DocumentLineProps) {
  const { kind, subkind, caption, extension, size, createdAt, here, pending } = document;
  const name = caption || documentName(document);
  const file = documentFile(document);
  // Two presses of a control of the line are about the control.
  const openUnlessPressed = ({ target }: React.MouseEvent) => {
    if (!(target instanceof Element && target.closest("button"))) {
      onOpen();
    }
  };
  return (
    <tr tabIndex={-1} data-record data-testid="document-row" data-leaving={removes(pending)} onDoubleClick={file ? openUnlessPressed : undefined}>
      <td className={classes["name"]}>
        <span className={classes["document"]}>
          <Thumbnail source={file?.source ?? null} here={here} />
          <span>{subkind ? subkindName(subkind) : <Unknown />}</span>
        </span>
      </td>
      <td>{kindName(kind)}</td>
      <td title={caption}>{caption || <Unknown />}</td>
      <td className="figures">{[extension.toUpperCase(), size > 0 ? fileSize(size) : ""].filter(Boolean).join(", ") || <Unknown />}</td>
      <td className="figures">{createdAt && document.id !== null ? instantDay(createdAt) : <Unknown />}</td>
      <td>{pending ? <Standing item={pending} /> : "Filed"}</td>
      <td>
        <div className={classes["actions"]}>
          {file ? (
            <Hint shortcut="recordOpen" label={here ? "Open" : "Open: fetched from the portal once"}>
              <ActionIcon size={24} onClick={onOpen} aria-label={`Open ${name}`} data-action="open">
                <Icon name="eye" size={14} />
              </ActionIcon>
            </Hint>
          ) : null}
          {pending && (pending.paused || canPause(pending)) ? (
            <Hint shortcut="recordPause" label={pending.paused ? "Let it go" : "Pause: it stays here until you resume it"}>
              <ActionIcon size={24} onClick={() => onPause(pending)} aria-label={`${pending.paused ? "Resume" : "Pause"} ${name}`} data-action="pause">
                <Icon name={pending.paused ? "resume" : "pause"} size={14} />
              </ActionIcon>
            </Hint>
          ) : null}
          {canTakeBack(pending) ? (
            <Hint shortcut="recordTakeBack">
              <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-action="takeback" data-testid="take-back">
                {removes(pending) ? "Keep it" : document.id === null ? "Do not send" : "Keep the old file"}
              </Button>
            </Hint>
          ) : null}
          {pending === null ? (
            <>
              <Hint shortcut="recordChange" label="Replace the file">
                <ActionIcon size={24} onClick={onReplace} aria-label={`Replace the file of ${name}`} data-action="change">
                  <Icon name="swap" size={14} />
                </ActionIcon>
              </Hint>
              <Hint shortcut="recordRemove" label="Remove">
                <ActionIcon size={24} onClick={onRemove} aria-label={`Remove ${name}`} data-action="remove">
                  <Icon name="trash" size={14} />
                </ActionIcon>
              </Hint>
            </>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

/** How the outbox row stands, and how much of its file has left. */
function Standing({ item }: { item: OutboxItem }) {
  const upload = useUpload(item.id);
  if (item.stage !== "sending" || !upload || upload.total === 0) {
    return <OutboxMark item={item} />;
  }
  const percent = Math.floor((upload.sent / upload.total) * 100);
  return (
    <span className={classes["upload"]} data-testid="upload">
      <Progress value={percent} size="sm" aria-label={`Uploading ${percent} %`} />
      <span className="figures">
        {fileSize(upload.sent)} of {fileSize(upload.total)}
      </span>
    </span>
  );
}
