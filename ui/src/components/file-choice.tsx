import { ActionIcon, Button, Input } from "@mantine/core";
import { useId, useState } from "react";
import type { ChosenFile } from "../host/bindings";
import { useChooseFiles } from "../lib/use-choose-files";
import { useDroppedFiles, useFilesOver } from "../lib/use-dropped-files";
import { ChosenFileLine } from "./chosen-file";
import classes from "./file-choice.module.css";
import { Icon } from "./icon";
import { Hint } from "./keys";
import { Notice } from "./notice";
import { ProblemNotice } from "./problem-notice";

interface FileChoiceProps {
  label: string;
  file: ChosenFile | null;
  onChange: (file: ChosenFile | null) => void;
}

/** The one file of a dialog, which may do without: chosen in the system's dialog, or dropped on the window. */
export function FileChoice({ label, file, onChange }: FileChoiceProps) {
  const id = useId();
  const choose = useChooseFiles();
  const over = useFilesOver("dialog");
  const [several, setSeveral] = useState(false);
  // None means that the agent closed the dialog.
  const take = ([first, ...rest]: readonly ChosenFile[]) => {
    if (first) {
      setSeveral(rest.length > 0);
      onChange(first);
    }
  };
  useDroppedFiles(take, "dialog");
  const ask = () => {
    if (!choose.isPending) {
      choose.mutate(undefined, { onSuccess: take });
    }
  };
  return (
    <div className={classes["choice"]} role="group" aria-labelledby={id} data-over={over} data-testid="file-choice">
      <Input.Label id={id} labelElement="div">
        {label}
      </Input.Label>
      <div className={classes["line"]}>
        {file ? <ChosenFileLine file={file} /> : null}
        {/* The same control before and after, so that it keeps the focus. */}
        <Hint shortcut="chooseFile">
          <Button size="xs" variant="default" onClick={ask} data-testid="choose-file">
            {file ? "Another file" : "Choose a file"}
          </Button>
        </Hint>
        {file ? (
          <Hint shortcut="leaveOut" label="Leave it out">
            <ActionIcon
              size={24}
              aria-label={`Leave out ${file.name}`}
              onClick={({ currentTarget }) => {
                currentTarget.parentElement?.querySelector("button")?.focus();
                setSeveral(false);
                onChange(null);
              }}
            >
              <Icon name="cross" size={14} />
            </ActionIcon>
          </Hint>
        ) : (
          <span className={classes["aside"]}>{over ? "Let it go to take it" : "or drop it on the window; it can be left out"}</span>
        )}
      </div>
      {several ? (
        <Notice kind="caution">
          <p>Several files were chosen. Only the first is used.</p>
        </Notice>
      ) : null}
      {choose.error ? <ProblemNotice problem={choose.error} /> : null}
    </div>
  );
}
