import { Modal, Skeleton, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import type { OutboxDetail, OutboxItem } from "../../host/bindings";
import { sentence } from "../../lib/format";
import { fieldMessage } from "../../lib/problem";
import { useEdit, useRow } from "./outbox";
import classes from "./outbox.module.css";

interface EditDialogProps {
  /** The row to be corrected; nothing while closed. */
  item: OutboxItem | undefined;
  onClose: () => void;
}

/** Corrects what is sent. What the portal said of a field stands under it. */
export function EditDialog({ item, onClose }: EditDialogProps) {
  return (
    <Modal opened={item !== undefined} onClose={onClose} closeOnClickOutside={false} title={item ? `Correct: ${item.title}` : ""} size={520} data-testid="edit-dialog">
      {item ? <Loaded key={item.id} id={item.id} onClose={onClose} /> : null}
    </Modal>
  );
}

function Loaded({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: row, error, refetch } = useRow(id);
  if (row) {
    return <Form row={row} onClose={onClose} />;
  }
  return error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : <Skeleton height={160} />;
}

function Form({ row, onClose }: { row: OutboxDetail; onClose: () => void }) {
  // As it stood when the dialog opened: what is typed is not replaced under the agent's hands.
  const [fields] = useState(row.fields);
  const [refused] = useState(row.item.trouble?.fields ?? {});
  const [values, setValues] = useState<Record<string, string>>(() => Object.fromEntries(fields.map(({ name, value }) => [name, value])));
  const edit = useEdit();
  const changed = Object.fromEntries(fields.filter(({ name, value }) => values[name] !== value).map(({ name }) => [name, values[name] ?? ""]));
  const first = fields.find(({ name }) => refused[name]) ?? fields[0];
  const unchanged = Object.keys(changed).length === 0;

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate(
          { id: row.item.id, values: changed },
          {
            onSuccess: ({ title }) => {
              showDone(`${title}: corrected and queued again.`);
              onClose();
            },
          },
        );
      }}
    >
      {fields.map(({ name, label, long }) => {
        const stale = values[name] === fields.find((field) => field.name === name)?.value;
        // The portal's words are about the value that it saw, the desk's about the one just tried.
        const said = fieldMessage(edit.error, name) ?? (stale ? refused[name]?.map(sentence).join(" ") : undefined);
        const props = {
          label,
          value: values[name] ?? "",
          error: said ? sentence(said) : undefined,
          "data-autofocus": name === first?.name ? true : undefined,
          "data-testid": `edit-${name}`,
          onChange: (event: { currentTarget: { value: string } }) => {
            const { value } = event.currentTarget;
            setValues((before) => ({ ...before, [name]: value }));
          },
        };
        return long ? <Textarea key={name} {...props} rows={6} /> : <TextInput key={name} {...props} />;
      })}
      {edit.error && !fields.some(({ name }) => fieldMessage(edit.error, name)) ? <ProblemNotice problem={edit.error} /> : null}
      <DialogButtons leave="Leave it" onLeave={onClose} loading={edit.isPending} disabled={unchanged} data-testid="edit-confirm">
        Correct and send
      </DialogButtons>
    </form>
  );
}
