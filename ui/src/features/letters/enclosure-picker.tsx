import { MultiSelect } from "@mantine/core";
import { Keys } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { DocumentCard } from "../../host/bindings";
import { kindName, subkindName } from "../../lib/document-types";
import { instantDay } from "../../lib/format";
import { ariaKeys } from "../../lib/shortcuts";
import classes from "./letter-desk.module.css";
import { useEnclosable } from "./library";

interface EnclosurePickerProps {
  ref: React.Ref<HTMLInputElement>;
  clientId: string;
  value: readonly string[];
  onChange: (documentIds: string[]) => void;
  /** Escape: what comes next is preparing. */
  onDone: () => void;
}

/** Documents of the client's that go with every letter as further pages. None is chosen for the agent. */
export function EnclosurePicker({ ref, clientId, value, onChange, onDone }: EnclosurePickerProps) {
  const { data: documents, error, isPending, refetch } = useEnclosable(clientId);
  if (error) {
    return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  }
  const known = (documents ?? []).flatMap((document) => {
    const id = document.id ?? document.pending?.id;
    return id === undefined ? [] : { value: id, label: label(document) };
  });
  return (
    <MultiSelect
      ref={ref}
      label={
        <>
          Enclosures <Keys of="enclose" />
        </>
      }
      aria-keyshortcuts={ariaKeys("enclose")}
      classNames={{ label: classes["label"] ?? "" }}
      placeholder={value.length > 0 ? undefined : isPending ? "Loading the documents" : known.length === 0 ? "No PDF or picture is filed" : "None"}
      description={value.length > 0 ? "Appended to every letter as further pages." : undefined}
      nothingFoundMessage="No such document."
      data={known}
      value={[...value]}
      onChange={onChange}
      onKeyDown={({ key }) => (key === "Escape" ? onDone() : undefined)}
      disabled={!isPending && known.length === 0 && value.length === 0}
      searchable
      clearable
      hidePickedOptions
      selectFirstOptionOnChange
      maxDropdownHeight={220}
      data-testid="enclosure-picker"
    />
  );
}

function label({ id, kind, subkind, caption, createdAt }: DocumentCard): string {
  const name = subkind === "" || subkind === "other" ? kindName(kind) : subkindName(subkind);
  const more = caption && caption !== name ? caption : "";
  return [name, more, id === null ? "waits to be filed" : createdAt ? instantDay(createdAt) : ""].filter(Boolean).join(", ");
}
