import { ActionIcon, Modal, TextInput, UnstyledButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { hint } from "../../components/hint";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone, useProblemToast } from "../../components/toast";
import { useLastUndo } from "../../components/use-last-undo";
import type { ClientFilter, ClientSort, SavedClientFilter } from "../../host/bindings";
import { toProblem } from "../../lib/problem";
import { useShortcuts } from "../../lib/use-shortcuts";
import { criteria } from "./client-filter";
import { useFilterChoices, useRemoveFilter, useSaveFilter, useSavedFilters } from "./client-filters";
import classes from "./filter-menu.module.css";

interface SavedFilterListProps {
  current: SavedClientFilter | undefined;
  onChoose: (saved: SavedClientFilter) => void;
  onRename: (saved: SavedClientFilter) => void;
  onRemove: (saved: SavedClientFilter) => void;
}

/** Filters that are kept by a name; nothing while there are none. */
export function SavedFilterList({ current, onChoose, onRename, onRemove }: SavedFilterListProps) {
  const { data: saved = [] } = useSavedFilters();
  const { data: choices } = useFilterChoices();
  const withFocus = (act: (one: SavedClientFilter) => void) => () => {
    const id = document.activeElement?.closest<HTMLElement>("[data-filter]")?.dataset["filter"];
    const one = saved.find((filter) => filter.id === id);
    if (one) {
      act(one);
    }
  };
  useShortcuts({ filterRename: withFocus(onRename), filterRemove: withFocus(onRemove) });
  if (saved.length === 0) {
    return null;
  }
  return (
    <section className={classes["saved"]} aria-label="Saved filters">
      <h2 className={classes["savedHead"]}>Saved filters</h2>
      <ul className={classes["savedList"]}>
        {saved.map((one) => (
          <li key={one.id} className={classes["savedRow"]} data-filter={one.id} data-current={one.id === current?.id} data-testid="saved-filter">
            <UnstyledButton className={classes["savedName"]} aria-current={one.id === current?.id} onClick={() => onChoose(one)} {...hint("palette", "Narrow the list so; it can be found by its name too")}>
              <Icon name={one.id === current?.id ? "check" : "bookmark"} size={14} />
              <span>{one.name}</span>
              <span className={classes["savedWhat"]}>
                {criteria(one.filter, choices?.segments ?? [])
                  .map(({ label }) => label)
                  .join(" · ")}
              </span>
            </UnstyledButton>
            <Hint shortcut="filterRename">
              <ActionIcon size={26} aria-label={`Rename ${one.name}`} onClick={() => onRename(one)} data-testid="rename-filter">
                <Icon name="pencil" size={14} />
              </ActionIcon>
            </Hint>
            <Hint shortcut="filterRemove">
              <ActionIcon size={26} aria-label={`Delete ${one.name}`} onClick={() => onRemove(one)} data-testid="remove-filter">
                <Icon name="trash" size={14} />
              </ActionIcon>
            </Hint>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Deletes a kept filter, with a way back. */
export function useForgetFilter(): (saved: SavedClientFilter) => void {
  const remove = useRemoveFilter();
  const save = useSaveFilter();
  const report = useProblemToast();
  const { offer, undo } = useLastUndo();
  useShortcuts({ filterUndo: undo });
  return (saved) =>
    remove.mutate(saved.id, {
      onSuccess: () => {
        offer(`The filter “${saved.name}” was deleted.`, () => save.mutate(saved, { onError: (thrown) => report(toProblem(thrown)) }));
      },
      onError: (thrown) => report(toProblem(thrown)),
    });
}

/** What is to be named: the filter in force, or a kept one that gets another name. */
export type Naming = { filter: ClientFilter; sort: ClientSort; renames: SavedClientFilter | null };

interface NameFilterDialogProps {
  naming: Naming | null;
  onClose: () => void;
}

/** Asks for a filter's name. */
export function NameFilterDialog({ naming, onClose }: NameFilterDialogProps) {
  return (
    <Modal opened={naming !== null} onClose={onClose} title={naming?.renames ? "Rename the filter" : "Save the filter"} size={440} data-testid="name-filter">
      {naming ? <NameForm naming={naming} onClose={onClose} /> : null}
    </Modal>
  );
}

function NameForm({ naming: { filter, sort, renames }, onClose }: { naming: Naming; onClose: () => void }) {
  const [name, setName] = useState(renames?.name ?? "");
  const { data: saved = [] } = useSavedFilters();
  const { data: choices } = useFilterChoices();
  const { mutate, error, isPending, reset } = useSaveFilter();
  const wanted = name.trim().toLocaleLowerCase("en-US");
  const taken = saved.find((one) => one.id !== renames?.id && one.name.toLocaleLowerCase("en-US") === wanted);
  const replaces = renames ? undefined : taken;
  const refused = error?.fields?.["name"]?.join(" ");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate(
      { id: renames?.id ?? replaces?.id ?? null, name, filter, sort },
      {
        onSuccess: (kept) => {
          showDone(renames ? `The filter is called “${kept.name}” now.` : replaces ? `The filter “${kept.name}” was replaced.` : `The filter “${kept.name}” was saved.`);
          onClose();
        },
      },
    );
  };

  return (
    <form onSubmit={submit} className={classes["form"]}>
      <TextInput
        label="Name"
        data-autofocus
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={({ currentTarget }) => {
          reset();
          setName(currentTarget.value);
        }}
        error={refused ?? (renames && taken ? "Another filter has this name." : undefined)}
        data-testid="filter-name"
      />
      {renames ? null : (
        <p className={classes["what"]}>
          {criteria(filter, choices?.segments ?? [])
            .map(({ label }) => label)
            .join(" · ")}
          . The order of the list is kept with it; the text of the search is not.
        </p>
      )}
      {replaces ? <Notice kind="caution">This takes the place of the filter “{replaces.name}”.</Notice> : null}
      {error && !refused ? <ProblemNotice problem={error} /> : null}
      <DialogButtons
        onLeave={onClose}
        loading={isPending}
        disabled={wanted === "" || (renames !== null && taken !== undefined)}
        data-testid="filter-keep"
      >
        {renames ? "Rename" : replaces ? "Replace" : "Save"}
      </DialogButtons>
    </form>
  );
}
