import { ActionIcon, Button } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack, removes } from "../../components/outbox-mark";
import { useRecordKeys } from "../../components/record-keys";
import { Records } from "../../components/records";
import { useNothing } from "../../components/use-nothing";
import { useUndo } from "../../components/use-undo";
import type { NoteRow, OutboxItem } from "../../host/bindings";
import { instant } from "../../lib/format";
import { useFocusBack } from "../../lib/use-focus-back";
import { NoteForm } from "./note-form";
import classes from "./notes-view.module.css";
import { noteKey, useNotes, useWriteNote } from "./notes";

interface NotesViewProps {
  clientId: string;
  online: boolean | null;
  /** The begun text of a new note, from the time before the view was left. */
  draft: string;
  onDraft: (text: string) => void;
}

const NONE = { icon: "note", title: "No notes yet", text: "What you write above is kept with this client, for everyone in the company." } as const;

/** A client's notes: written, edited in place, removed with a way back. */
export function NotesView({ clientId, online, draft, onDraft }: NotesViewProps) {
  const { data: notes, error, refetch } = useNotes(clientId);
  const none = useNothing("notes", clientId, notes?.length === 0, NONE);
  const add = useWriteNote();
  const change = useWriteNote();
  const remove = useWriteNote();
  const [editing, setEditing] = useState<string | null>(null);
  const { offer, offerBack, undo, cancel, report } = useUndo();
  const field = useRef<HTMLTextAreaElement>(null);

  useRecordKeys({ onAdd: () => field.current?.focus(), onUndo: undo });

  const edit = (key: string | null) => {
    change.reset();
    setEditing(key);
  };

  const added = (item: OutboxItem) => offer("The note waits in the outbox.", [item]);
  const changed = (note: NoteRow, item: OutboxItem) => {
    edit(null);
    if (note.pending) {
      // To cancel the row would take back more than the words.
      offerBack("The note is corrected where it waits.", () => change.mutate({ does: "change", note, text: note.text }, { onError: report }));
    } else {
      offer("The note will be changed.", [item]);
    }
  };

  return (
    <Records
      label="Notes"
      online={online}
      records={notes}
      problem={error}
      onRetry={() => void refetch()}
      empty={none}
      tools={
        <div className={classes["column"]}>
          <NoteForm
            label="New note"
            initial={draft}
            onText={onDraft}
            saving={add.isPending}
            problem={add.error}
            inputRef={field}
            testId="note-new"
            onSave={(text, done) =>
              add.mutate(
                { does: "add", clientId, text },
                {
                  onSuccess: (item) => {
                    done();
                    added(item);
                  },
                },
              )
            }
          />
        </div>
      }
    >
      {(rows) => (
        <ul className={classes["list"]}>
          {rows.map((note) => (
            <Note
              key={noteKey(note)}
              note={note}
              onEdit={() => edit(noteKey(note))}
              onRemove={() =>
                remove.mutate({ does: "remove", note }, { onError: report, onSuccess: (item) => offer("The note will be removed.", [item]) })
              }
              onTakeBack={() => cancel(note.pending ? [note.pending.id] : [])}
              form={
                editing === noteKey(note) ? (
                  <NoteForm
                    label="Note"
                    initial={note.text}
                    kept={note.text}
                    saving={change.isPending}
                    problem={change.error}
                    inputRef={(input) => input?.focus()}
                    testId="note-edit"
                    onCancel={() => edit(null)}
                    onSave={(text) => change.mutate({ does: "change", note, text }, { onSuccess: (item) => changed(note, item) })}
                  />
                ) : null
              }
            />
          ))}
        </ul>
      )}
    </Records>
  );
}

interface NoteProps {
  note: NoteRow;
  /** In place of the text, while it is edited. */
  form: ReactNode;
  onEdit: () => void;
  onRemove: () => void;
  onTakeBack: () => void;
}

function Note({ note, form, onEdit, onRemove, onTakeBack }: NoteProps) {
  const { text, author, createdAt, pending } = note;
  const row = useRef<HTMLLIElement>(null);
  useFocusBack(form !== null, row);
  return (
    <li ref={row} className={classes["note"]} tabIndex={-1} data-record data-testid="note-row" data-leaving={removes(pending)}>
      <div className={classes["head"]}>
        <strong>{author || "Author unknown"}</strong>
        <span className="figures">{createdAt ? instant(createdAt) : "Time unknown"}</span>
        {pending ? <OutboxMark item={pending} /> : null}
        <span className={classes["actions"]}>
          {canTakeBack(pending) ? (
            <Hint shortcut="recordTakeBack">
              <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-action="takeback" data-testid="take-back">
                {removes(pending) ? "Keep it" : note.id === null ? "Do not send" : "Undo the change"}
              </Button>
            </Hint>
          ) : null}
          {pending === null || pending.editable ? (
            <Hint shortcut="recordChange" label="Edit">
              <ActionIcon size={24} onClick={onEdit} aria-label="Edit the note" data-action="change">
                <Icon name="pencil" size={14} />
              </ActionIcon>
            </Hint>
          ) : null}
          {pending === null ? (
            <Hint shortcut="recordRemove" label="Remove">
              <ActionIcon size={24} onClick={onRemove} aria-label="Remove the note" data-action="remove">
                <Icon name="trash" size={14} />
              </ActionIcon>
            </Hint>
          ) : null}
        </span>
      </div>
      {form ?? <p className={classes["text"]}>{text}</p>}
    </li>
  );
}
