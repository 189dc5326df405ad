import { TextInput, Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { Unknown } from "../../components/unknown";
import type { AttributeGroup, AttributeRow, OutboxItem, Problem } from "../../host/bindings";
import { sentence } from "../../lib/format";
import { fieldMessage } from "../../lib/problem";
import { useShortcuts } from "../../lib/use-shortcuts";
import { type ClientDraft, type EditableRow, READ_ONLY, asTyped, changesOf, isEditable, useUpdateClient } from "./client-data";
import { GROUP_NAMES } from "./overview";
import classes from "./overview.module.css";

interface ClientDataFormProps {
  /** Of the form, for buttons that stand outside of it. */
  id: string;
  clientId: string;
  groups: readonly AttributeGroup[];
  /** What was typed, by the field. */
  draft: ClientDraft;
  onType: (name: string, text: string) => void;
  onSaving: (saving: boolean) => void;
  onSaved: (item: OutboxItem | null) => void;
  onCancel: () => void;
}

/** A client's data in fields, where the portal lets it be changed. What is saved is what differs from what stood here. */
export function ClientDataForm({ id, clientId, groups, draft, onType, onSaving, onSaved, onCancel }: ClientDataFormProps) {
  // As it stood when the form opened: what is typed is not replaced under the agent's hands.
  const [opened] = useState(groups);
  const edits = opened.flatMap(({ rows }) => rows.filter(isEditable).map(({ edit }) => edit));
  const typed = { ...Object.fromEntries(edits.map((edit) => [edit.name, asTyped(edit)])), ...draft };
  const update = useUpdateClient(clientId);
  const form = useRef<HTMLFormElement>(null);
  const { error, isPending } = update;

  useEffect(() => onSaving(isPending), [isPending, onSaving]);
  useEffect(() => {
    if (error) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [error]);

  const save = () => {
    if (isPending) {
      return;
    }
    const changes = changesOf(edits, typed);
    if (changes.length === 0) {
      onSaved(null);
    } else {
      update.mutate(changes, { onSuccess: onSaved });
    }
  };
  useShortcuts({ recordSave: save });

  return (
    <form
      id={id}
      ref={form}
      className={classes["groups"]}
      aria-label="Client data"
      data-testid="client-data-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error && !edits.some(({ name }) => fieldMessage(error, name)) ? (
        <div className={classes["wide"]}>
          <ProblemNotice problem={error} />
        </div>
      ) : null}
      {opened.map(({ kind, rows }) => (
        <section key={kind} className={classes["group"]} aria-label={GROUP_NAMES[kind]}>
          <h2>{GROUP_NAMES[kind]}</h2>
          {rows.some(isEditable) ? (
            <div className={classes["fields"]}>
              {rows.filter(isEditable).map((row) => (
                <Field
                  key={row.name}
                  row={row}
                  first={row.edit.name === edits[0]?.name}
                  value={typed[row.edit.name] ?? ""}
                  error={error}
                  onChange={(value) => onType(row.edit.name, value)}
                  onCancel={onCancel}
                />
              ))}
            </div>
          ) : null}
          <Fixed rows={rows.filter((row) => !isEditable(row))} />
        </section>
      ))}
    </form>
  );
}

interface FieldProps {
  row: EditableRow;
  /** Takes the focus as the form opens. */
  first: boolean;
  value: string;
  error: Problem | null;
  onChange: (value: string) => void;
  onCancel: () => void;
}

function Field({ row: { label, edit, pending }, first, value, error, onChange, onCancel }: FieldProps) {
  // The portal's words are about the value that it saw, the desk's about the one just tried.
  const refused = value === asTyped(edit) ? pending?.trouble?.fields[edit.name]?.join(" ") : undefined;
  const said = fieldMessage(error, edit.name) ?? refused;
  const props = {
    label,
    value,
    size: "xs",
    autoFocus: first,
    autoComplete: "off",
    spellCheck: false,
    error: said ? sentence(said) : undefined,
    "data-testid": `client-${edit.name}`,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.nativeEvent.isComposing) {
        event.preventDefault();
        onCancel();
      }
    },
  } as const;
  switch (edit.kind) {
    case "lines":
      return <Textarea {...props} autosize minRows={1} maxRows={4} />;
    case "day":
      return <TextInput {...props} placeholder="MM/DD/YYYY" inputMode="numeric" />;
    case "email":
      // The desk says what is no address, in the words that it uses everywhere.
      return <TextInput {...props} inputMode="email" />;
    case "phone":
      return <TextInput {...props} placeholder="(555) 555-0100" inputMode="tel" />;
    case "state":
      return <TextInput {...props} placeholder="GA" maxLength={2} />;
    case "zip":
      return <TextInput {...props} placeholder="12345 or 12345-6789" maxLength={10} />;
    case "text":
      return <TextInput {...props} />;
  }
}

/** What stays as it is. */
function Fixed({ rows }: { rows: readonly AttributeRow[] }) {
  return rows.length === 0 ? null : (
    <dl className={classes["rows"]}>
      {rows.map(({ name, label, value }) => (
        <Hint key={name} label={READ_ONLY}>
          <div className={classes["row"]} data-fixed data-testid="attribute-fixed">
            <dt>
              <Icon name="lock" size={12} /> {label}
            </dt>
            <dd>{value ?? <Unknown />}</dd>
          </div>
        </Hint>
      ))}
    </dl>
  );
}
