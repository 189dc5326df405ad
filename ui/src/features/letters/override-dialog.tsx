import { Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { ProblemNotice } from "../../components/problem-notice";
import type { GateFinding, LetterRow } from "../../host/bindings";
import { useOverride } from "./letters";
import classes from "../../components/dialog-form.module.css";

interface OverrideDialogProps {
  letter: LetterRow;
  finding: GateFinding | null;
  onClose: () => void;
  onOverridden: (finding: GateFinding) => void;
}

/** Lets a letter go although a finding holds it: only with a reason, which stays with the letter. */
export function OverrideDialog({ letter, finding, onClose, onOverridden }: OverrideDialogProps) {
  return (
    <Modal opened={finding !== null} onClose={onClose} title="Override this finding" size={480} data-testid="override-dialog">
      {finding ? <Form letter={letter} finding={finding} onClose={onClose} onOverridden={onOverridden} /> : null}
    </Modal>
  );
}

function Form({ letter, finding, onClose, onOverridden }: OverrideDialogProps & { finding: GateFinding }) {
  const override = useOverride();
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== "" && !override.isPending) {
          override.mutate(
            { letterId: letter.id, rule: finding.rule, subject: finding.subject, reason: given },
            { onSuccess: () => onOverridden(finding) },
          );
        }
      }}
    >
      <p className={classes["lead"]}>
        <strong>{finding.title}.</strong> {finding.message}
      </p>
      <Textarea
        label="Why may this letter go all the same?"
        description="Recorded with the letter, with your name and the time."
        rows={3}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="gate-override-reason"
      />
      {override.error ? <ProblemNotice problem={override.error} /> : null}
      <DialogButtons onLeave={onClose} disabled={given === ""} loading={override.isPending} data-testid="override-confirm">
        Override
      </DialogButtons>
    </form>
  );
}
