import { Autocomplete, Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import formClasses from "../../components/dialog-form.module.css";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { AddresseeRow, AddresseeSave, PostalLines } from "../../host/bindings";
import { NO_ADDRESS } from "../../lib/dispute-draft";
import { useAddressees, useForgetAddressee, useKeepAddressee } from "./addressees";
import classes from "./letter-desk.module.css";

interface AddresseeDialogProps {
  opened: boolean;
  onClose: () => void;
  onKept: (addressee: AddresseeRow) => void;
  onForgotten: (id: string) => void;
}

/** A name and an address that this desk keeps, for letters to anyone who is neither bureau nor furnisher. */
export function AddresseeDialog({ opened, onClose, onKept, onForgotten }: AddresseeDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Letter to another address" size={480} data-testid="addressee-dialog">
      {opened ? <Form onClose={onClose} onKept={onKept} onForgotten={onForgotten} /> : null}
    </Modal>
  );
}

const NOBODY: AddresseeSave = { name: "", address: NO_ADDRESS, fax: "" };

function Form({ onClose, onKept, onForgotten }: Omit<AddresseeDialogProps, "opened">) {
  const { data: kept, error, refetch } = useAddressees(true);
  const keep = useKeepAddressee();
  const forget = useForgetAddressee();
  const [typed, setTyped] = useState(NOBODY);
  const known = kept?.find(({ name }) => name.toLowerCase() === typed.name.trim().toLowerCase());
  const faults = keep.error?.fields ?? {};
  const elsewhere = keep.error && Object.keys(faults).length === 0 ? keep.error : null;

  // On top of what is there by then: a picked name fills the address and is told as typed, too.
  const change = (part: (before: AddresseeSave) => Partial<AddresseeSave>) => {
    keep.reset();
    setTyped((before) => ({ ...before, ...part(before) }));
  };
  const part = (key: keyof PostalLines) => ({
    value: typed.address[key],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change(({ address }) => ({ address: { ...address, [key]: value } })),
    error: faults[key]?.join(" "),
    autoComplete: "off",
  });

  return (
    <form
      className={formClasses["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (!keep.isPending) {
          keep.mutate(typed, { onSuccess: onKept });
        }
      }}
    >
      <p className={formClasses["lead"]}>
        For another reporting agency, a regulator, a collector&apos;s counsel. No claim codes and no part of the Social
        Security number go there.
      </p>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      <Autocomplete
        label="Name"
        description={known ? "Kept on this desk. What you change here replaces its address." : undefined}
        data={(kept ?? []).map(({ name }) => name)}
        // A list that opens with nothing in it would take the first Escape.
        {...(kept?.length ? {} : { dropdownOpened: false })}
        value={typed.name}
        onChange={(name) => change(() => ({ name }))}
        onOptionSubmit={(name) => {
          const found = kept?.find((one) => one.name === name);
          if (found) {
            change(() => ({ name, address: found.address, fax: found.fax }));
          }
        }}
        error={faults["name"]?.join(" ")}
        maxLength={100}
        autoComplete="off"
        data-autofocus
        data-testid="addressee-name"
      />
      <TextInput {...part("street")} label="Street or P.O. box" maxLength={100} data-testid="addressee-street" />
      <div className={classes["cityForm"]}>
        <TextInput {...part("city")} label="City" maxLength={100} data-testid="addressee-city" />
        <TextInput {...part("state")} label="State" maxLength={2} data-testid="addressee-state" />
        <TextInput {...part("zip")} label="ZIP" maxLength={10} data-testid="addressee-zip" />
      </div>
      <TextInput
        label="Fax number"
        description="Only if the letter may be faxed."
        value={typed.fax}
        onChange={({ currentTarget: { value } }) => change(() => ({ fax: value }))}
        error={faults["fax"]?.join(" ")}
        autoComplete="off"
        data-testid="addressee-fax"
      />
      {elsewhere ? <ProblemNotice problem={elsewhere} /> : null}
      {forget.error ? <ProblemNotice problem={forget.error} /> : null}
      <DialogButtons
        onLeave={onClose}
        before={
          known ? (
            <Hint shortcut="dialogOther" label="Forget this address">
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                loading={forget.isPending}
                onClick={() =>
                  forget.mutate(known.id, {
                    // What was typed stays, so that adding it keeps it again.
                    onSuccess: () => onForgotten(known.id),
                  })
                }
                data-testid="addressee-forget"
              >
                Forget this address
              </Button>
            </Hint>
          ) : null
        }
        loading={keep.isPending}
        data-testid="addressee-keep"
      >
        Add to the recipients
      </DialogButtons>
    </form>
  );
}
