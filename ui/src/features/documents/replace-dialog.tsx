import { Modal } from "@mantine/core";
import { ChosenFileLine } from "../../components/chosen-file";
import { DialogButtons } from "../../components/dialog-buttons";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { ChosenFile, DocumentCard, OutboxItem } from "../../host/bindings";
import classes from "./documents.module.css";
import { documentName, useReplaceDocument } from "./documents";

export interface Replacing {
  document: DocumentCard;
  files: readonly ChosenFile[];
}

interface ReplaceDialogProps {
  clientId: string;
  /** `null` while closed. */
  replacing: Replacing | null;
  onClose: () => void;
  onReplaced: (item: OutboxItem) => void;
}

/** Which file goes in place of which, before it does. */
export function ReplaceDialog({ clientId, replacing, onClose, onReplaced }: ReplaceDialogProps) {
  return (
    <Modal opened={replacing !== null} onClose={onClose} title="Replace the file" size={520} data-testid="replace-dialog">
      {replacing ? <ReplaceForm clientId={clientId} {...replacing} onClose={onClose} onReplaced={onReplaced} /> : null}
    </Modal>
  );
}

function ReplaceForm({ clientId, document, files, onClose, onReplaced }: Replacing & Omit<ReplaceDialogProps, "replacing">) {
  const replace = useReplaceDocument();
  const [file] = files;
  if (!file) {
    return null;
  }
  const submit = () =>
    replace.mutate(
      { clientId, id: document.id ?? "", token: file.token },
      {
        onSuccess: (item) => {
          onClose();
          onReplaced(item);
        },
      },
    );
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ChosenFileLine file={file} />
      <p className={classes["sentence"]}>
        It takes the place of the file of <strong>{document.caption || documentName(document)}</strong>. Type, subtype and
        caption stay; the portal no longer shows the old file.
      </p>
      {files.length > 1 ? (
        <Notice kind="caution">
          <p>Several files were chosen. Only the first is used.</p>
        </Notice>
      ) : null}
      {replace.error ? <ProblemNotice problem={replace.error} /> : null}
      <DialogButtons onLeave={onClose} disabled={file.problem !== null} loading={replace.isPending} data-autofocus data-testid="replace-confirm">
        Replace the file
      </DialogButtons>
    </form>
  );
}
