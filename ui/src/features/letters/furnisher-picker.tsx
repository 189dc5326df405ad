import { useState } from "react";
import { PickerDialog } from "../../components/picker-dialog";
import { ProblemNotice } from "../../components/problem-notice";
import { useNothingSaid } from "../../components/use-nothing";
import type { FurnisherRow } from "../../host/bindings";
import { words } from "../../lib/format";
import { useDebounced } from "../../lib/use-debounced";
import { useFurnisherSearch } from "./library";

interface FurnisherPickerProps {
  opened: boolean;
  onClose: () => void;
  onPick: (furnisher: FurnisherRow) => void;
}

export function FurnisherPicker({ opened, onClose, onPick }: FurnisherPickerProps) {
  const [search, setSearch] = useState("");
  const query = useDebounced(search.trim(), 40);
  const { data: furnishers, error, isFetching, isPlaceholderData, refetch } = useFurnisherSearch(query, opened);
  const none = useNothingSaid("furnishers", furnishers?.length === 0, "No furnisher has this name. Add it in the portal, then sync.");

  const close = () => {
    setSearch("");
    onClose();
  };

  return (
    <PickerDialog
      opened={opened}
      onClose={close}
      title="Find a furnisher"
      placeholder="Name of the creditor or collector"
      options={(furnishers ?? []).map(({ id, name, kind, fax }) => ({
        id,
        label: name,
        detail: [words(kind), fax && `fax ${fax}`].filter(Boolean).join(", "),
      }))}
      onQuery={setSearch}
      settled={query === search.trim() && furnishers !== undefined && !isPlaceholderData}
      loading={isFetching}
      problem={error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : undefined}
      empty={none || "No furnisher has this name. Add it in the portal, then sync."}
      onPick={(id) => {
        const picked = furnishers?.find((furnisher) => furnisher.id === id);
        if (picked) {
          setSearch("");
          onPick(picked);
        }
      }}
      testId="furnisher-picker"
    />
  );
}
