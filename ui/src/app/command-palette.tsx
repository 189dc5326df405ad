import { type ReactNode, useState } from "react";
import { Keys } from "../components/keys";
import { PickerDialog, type PickerOption } from "../components/picker-dialog";
import { ProblemNotice } from "../components/problem-notice";
import { useClientMatches } from "../features/clients/clients";
import { useTemplates } from "../features/letters/library";
import type { TemplateRow } from "../host/bindings";
import { cityLine, phone } from "../lib/format";
import type { ShortcutId } from "../lib/shortcuts";
import { useDebounced } from "../lib/use-debounced";

export interface Command {
  id: string;
  label: string;
  shortcut?: ShortcutId;
  /** Where it stands among the others; with the commands unless told. */
  group?: string;
  run: () => void;
}

interface CommandPaletteProps {
  opened: boolean;
  onClose: () => void;
  commands: readonly Command[];
  onOpenClient: (id: string) => void;
  onTemplate: (template: TemplateRow) => void;
}

/** A client, a template or a command from anywhere. */
export function CommandPalette({ opened, onClose, commands, onOpenClient, onTemplate }: CommandPaletteProps) {
  const [search, setSearch] = useState("");
  const query = useDebounced(search.trim(), 40);
  const { data, error, isFetching, isPlaceholderData, refetch } = useClientMatches(query, opened && query !== "");
  // Without them clients and commands are found all the same.
  const { data: templates, isPending } = useTemplates(opened);
  const settled = search.trim() === "" || (!isPending && query === search.trim() && (data !== undefined || error !== null) && !isPlaceholderData);

  const close = () => {
    setSearch("");
    onClose();
  };

  const words = search.trim().toLowerCase().split(/\s+/);
  const matches = (label: string) => words.every((word) => label.toLowerCase().includes(word));
  const matching = commands.filter(({ label }) => matches(label));
  // There are many: they are shown once something is typed.
  const named = search.trim() === "" ? [] : (templates ?? []).filter(({ name, category }) => matches(`${name} ${category} template`));
  const options: PickerOption[] = [
    ...(query === "" || search.trim() === "" ? [] : (data?.rows ?? [])).map((row) => ({
      id: `client ${row.id}`,
      label: row.name,
      detail: [cityLine(row), phone(row.phone), row.ssnLastFour && `SSN ••• ${row.ssnLastFour}`].filter(Boolean).join(", "),
      group: "Clients",
    })),
    ...matching.map(({ id, label, shortcut, group = "Commands" }): PickerOption => ({ id: `command ${id}`, label, group, end: keys(shortcut) })),
    // After the commands, so that a word that opened a page always does.
    ...named.map(({ id, name, category }) => ({ id: `template ${id}`, label: name, detail: category || undefined, group: "Templates" })),
  ];

  return (
    <PickerDialog
      opened={opened}
      onClose={close}
      title="Find a client, a template or a command"
      placeholder="Client, template or command"
      options={options}
      onQuery={setSearch}
      settled={settled}
      loading={isFetching}
      problem={error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : undefined}
      empty="No client, template or command matches."
      onPick={(picked) => {
        close();
        const [kind, ...rest] = picked.split(" ");
        const id = rest.join(" ");
        if (kind === "client") {
          onOpenClient(id);
        } else if (kind === "template") {
          const template = templates?.find((one) => one.id === id);
          if (template) {
            onTemplate(template);
          }
        } else {
          commands.find((command) => command.id === id)?.run();
        }
      }}
      testId="palette"
    />
  );
}

function keys(shortcut: ShortcutId | undefined): ReactNode {
  return shortcut ? <Keys of={shortcut} /> : undefined;
}
