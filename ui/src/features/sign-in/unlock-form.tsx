import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import { useSessionCommand } from "./session";
import classes from "./sign-in.module.css";
import { StartFresh } from "./start-fresh";

/** Opens a cache that a passphrase guards. */
export function UnlockForm() {
  const unlock = useSessionCommand("session_unlock");
  const [passphrase, setPassphrase] = useState("");
  const wrong = unlock.error?.code === "wrong_passphrase" ? unlock.error.message : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== "") {
      unlock.mutate({ passphrase });
    }
  };

  return (
    <>
      <form className={classes["form"]} onSubmit={submit} noValidate aria-label="Unlock">
        <p className={classes["lead"]}>
          The client data on this computer is locked. Enter the passphrase that was chosen at the first sign-in.
        </p>
        {unlock.error && !wrong ? <ProblemNotice problem={unlock.error} /> : null}
        <PasswordInput
          label="Passphrase"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          error={wrong}
          disabled={unlock.isPending}
          autoComplete="off"
          autoFocus
          data-testid="unlock-passphrase"
        />
        <Hint shortcut="dialogDo">
          <Button type="submit" size="md" loading={unlock.isPending} disabled={passphrase === ""} data-testid="unlock-button">
            Unlock
          </Button>
        </Hint>
      </form>
      <div className={classes["second"]}>
        <h2>Forgotten?</h2>
        <p>Nobody can open these files without the passphrase, and nobody can look it up.</p>
        <StartFresh beside />
      </div>
    </>
  );
}
