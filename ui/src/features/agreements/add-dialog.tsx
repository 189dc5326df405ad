import { Autocomplete, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { DayField } from "../../components/day-field";
import { DialogButtons } from "../../components/dialog-buttons";
import formClasses from "../../components/dialog-form.module.css";
import { FileChoice } from "../../components/file-choice";
import { ProblemNotice } from "../../components/problem-notice";
import type { ChosenFile, OutboxItem } from "../../host/bindings";
import { todayIso } from "../../lib/days";
import { words } from "../../lib/format";
import { fieldMessage } from "../../lib/problem";
import { useAddAgreement, useAgreementKinds } from "./agreements";

interface AddDialogProps {
  opened: boolean;
  clientId: string;
  online: boolean | null;
  /** Another permits letters already. */
  permitted: boolean;
  onClose: () => void;
  onQueued: (item: OutboxItem) => void;
}

/** An agreement that the client signed elsewhere, so that the portal has it. */
export function AddDialog(props: AddDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Record a signed agreement" size={560} data-testid="agreement-dialog">
      {props.opened ? <Form {...props} /> : null}
    </Modal>
  );
}

function Form({ clientId, online, permitted, onClose, onQueued }: AddDialogProps) {
  const kinds = useAgreementKinds();
  const add = useAddAgreement();
  const [name, setName] = useState("");
  const [kind, setKind] = useState("");
  const [day, setDay] = useState<{ signedOn: string | null; stands: boolean }>({ signedOn: null, stands: true });
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asked, setAsked] = useState(false);

  const missing = (value: string) => (asked && value.trim() === "" ? "Fill this in." : undefined);
  const nameError = missing(name) ?? fieldMessage(add.error, "name");
  const kindError = missing(kind) ?? fieldMessage(add.error, "kind");
  const dayError = fieldMessage(add.error, "signedOn");
  const known = (kinds.data ?? []).find((one) => words(one).toLowerCase() === kind.trim().toLowerCase());
  const submit = () => {
    setAsked(true);
    if (name.trim() !== "" && kind.trim() !== "" && day.stands && !file?.problem && !add.isPending) {
      add.mutate(
        { clientId, name: name.trim(), kind: known ?? kind.trim(), signedOn: day.signedOn, token: file?.token ?? null },
        {
          onSuccess: (item) => {
            onClose();
            onQueued(item);
          },
        },
      );
    }
  };

  return (
    <form
      className={formClasses["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={nameError}
        placeholder="As on the paper"
        autoComplete="off"
        data-autofocus
        data-testid="agreement-name"
      />
      <Autocomplete
        label="Type"
        description="One that the portal has, or another."
        data={[...new Set((kinds.data ?? []).map(words))]}
        // A list that opens with nothing in it would take the first Escape.
        {...(kinds.data?.length ? {} : { dropdownOpened: false })}
        value={kind}
        onChange={setKind}
        error={kindError}
        autoComplete="off"
        data-testid="agreement-kind"
      />
      {kinds.error ? <ProblemNotice problem={kinds.error} onRetry={() => void kinds.refetch()} /> : null}
      <DayField
        label="Signed on"
        description="Empty: it is not signed yet."
        optional
        value={day.signedOn}
        onChange={(signedOn, stands) => setDay({ signedOn, stands })}
        latest={todayIso()}
        error={dayError}
        testId="agreement-day"
      />
      <FileChoice label="The paper" file={file} onChange={setFile} />
      <p className={formClasses["lead"]} data-testid="agreement-sentence">
        It waits in the outbox and is recorded in the portal {online === false ? "once it can be reached" : "as soon as it can be reached"}.
        {permitted ? "" : ` Letters wait until the portal has it${day.signedOn === null ? ", and until one is signed" : ""}.`}
      </p>
      {add.error && !nameError && !kindError && !dayError ? <ProblemNotice problem={add.error} /> : null}
      <DialogButtons
        onLeave={onClose}
        does="Queue the agreement"
        disabled={Boolean(file?.problem)}
        loading={add.isPending}
        data-testid="agreement-confirm"
      >
        Queue the agreement
      </DialogButtons>
    </form>
  );
}
