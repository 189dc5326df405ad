import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, type Ref, useState } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem } from "../../host/bindings";
import { ariaKeys, isShortcut } from "../../lib/shortcuts";
import classes from "./notes-view.module.css";

interface NoteFormProps {
  label: string;
  initial: string;
  /** The note as it is; saving the same again is no change. */
  kept?: string;
  /** Hears each change, where the text must outlive the form. */
  onText?: (text: string) => void;
  saving: boolean;
  problem: Problem | null;
  onSave: (text: string, done: () => void) => void;
  onCancel?: () => void;
  inputRef?: Ref<HTMLTextAreaElement>;
  testId: string;
}

/** The text of a note, new or changed. */
export function NoteForm({ label, initial, kept = "", onText, saving, problem, onSave, onCancel, inputRef, testId }: NoteFormProps) {
  const [text, setText] = useState(initial);
  const changed = text.trim() !== "" && text.trim() !== kept.trim();

  const type = (typed: string) => {
    setText(typed);
    onText?.(typed);
  };

  const save = () => {
    if (changed && !saving) {
      onSave(text.trim(), () => type(""));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isShortcut(event.nativeEvent, "recordSave")) {
      event.preventDefault();
      save();
    } else if (event.key === "Escape" && onCancel && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onCancel();
    }
  };

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        ref={inputRef}
        aria-label={label}
        aria-keyshortcuts={onCancel ? undefined : ariaKeys("recordAdd")}
        placeholder="Write a note"
        autosize
        minRows={2}
        maxRows={12}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        data-testid={testId}
      />
      {problem ? <ProblemNotice problem={problem} /> : null}
      {changed || onCancel ? (
        <div className={classes["buttons"]}>
          {onCancel ? (
            <Hint shortcut="dialogLeave" label="Cancel">
              <Button size="xs" variant="default" onClick={onCancel}>
                Cancel
              </Button>
            </Hint>
          ) : null}
          <Hint shortcut="recordSave" label="Save">
            <Button size="xs" type="submit" disabled={!changed} loading={saving} data-testid={`${testId}-save`}>
              Save
            </Button>
          </Hint>
        </div>
      ) : null}
    </form>
  );
}
