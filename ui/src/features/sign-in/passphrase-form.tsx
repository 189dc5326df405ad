import { PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import type { Problem } from "../../host/bindings";
import { fieldMessage } from "../../lib/problem";
import classes from "./sign-in.module.css";
import { StepButtons } from "./step-buttons";

const SHORTEST = 12;

interface PassphraseFormProps {
  problem: Problem | null;
  pending: boolean;
  onSubmit: (passphrase: string) => void;
  onBack: () => void;
}

/** Where the computer has no keychain: the agent chooses a passphrase, knowing what for. */
export function PassphraseForm({ problem, pending, onSubmit, onBack }: PassphraseFormProps) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);

  const tooShort = Array.from(passphrase).length < SHORTEST;
  const differs = again !== passphrase;
  const otherProblem = problem && problem.code !== "keychain_unavailable" && problem.code !== "weak_passphrase";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!tooShort && !differs) {
      onSubmit(passphrase);
    }
  };

  return (
    <form className={classes["form"]} onSubmit={submit} noValidate aria-label="Choose a passphrase">
      <Notice kind="caution" title="This computer has no keychain" alert testId="passphrase-explanation">
        <p>
          Client data is kept encrypted, and its key normally rests in the keychain. Without one, a passphrase of yours
          guards it. You will be asked for it each time the desk starts.
        </p>
        <p>
          Nobody can recover it. If it is forgotten, letters that were not printed are lost; everything else is pulled
          from the portal again.
        </p>
      </Notice>
      {otherProblem ? <ProblemNotice problem={problem} /> : null}
      <PasswordInput
        label="Passphrase"
        description={`At least ${SHORTEST} characters. A few unrelated words are easy to type and hard to guess.`}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={
          tried && tooShort
            ? `Use at least ${SHORTEST} characters.`
            : (fieldMessage(problem, "passphrase") ?? (problem?.code === "weak_passphrase" ? problem.message : undefined))
        }
        autoComplete="new-password"
        data-autofocus
        autoFocus
        disabled={pending}
        data-testid="passphrase"
      />
      <PasswordInput
        label="The same again"
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={tried && differs ? "The two are not the same." : undefined}
        autoComplete="new-password"
        disabled={pending}
        data-testid="passphrase-again"
      />
      <StepButtons testId="passphrase-button" pending={pending} onBack={onBack}>
        Use this passphrase
      </StepButtons>
    </form>
  );
}
