import { Modal, Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import formClasses from "../../components/dialog-form.module.css";
import { FileChoice } from "../../components/file-choice";
import { ProblemNotice } from "../../components/problem-notice";
import type { ChosenFile, OutboxItem } from "../../host/bindings";
import { fieldMessage } from "../../lib/problem";
import classes from "./correspondence.module.css";
import { useRecordFax } from "./correspondence";

interface FaxRecordDialogProps {
  opened: boolean;
  clientId: string;
  online: boolean | null;
  onClose: () => void;
  onQueued: (item: OutboxItem) => void;
}

/** A fax that went out another way, so that the client's correspondence has it, too. */
export function FaxRecordDialog(props: FaxRecordDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Record a fax sent elsewhere" size={560} data-testid="fax-record-dialog">
      {props.opened ? <Form {...props} /> : null}
    </Modal>
  );
}

function Form({ clientId, online, onClose, onQueued }: FaxRecordDialogProps) {
  const record = useRecordFax();
  const [number, setNumber] = useState("");
  const [recipient, setRecipient] = useState("");
  const [furnisher, setFurnisher] = useState(false);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [asked, setAsked] = useState(false);

  const missing = (value: string) => (asked && value.trim() === "" ? "Fill this in." : undefined);
  const numberError = missing(number) ?? fieldMessage(record.error, "number");
  const recipientError = missing(recipient) ?? fieldMessage(record.error, "recipient");
  const submit = () => {
    setAsked(true);
    if (number.trim() !== "" && recipient.trim() !== "" && !file?.problem && !record.isPending) {
      record.mutate(
        { clientId, number: number.trim(), recipient: recipient.trim(), furnisher, token: file?.token ?? null },
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
        label="Number"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={numberError}
        placeholder="Ten digits"
        inputMode="tel"
        autoComplete="off"
        data-autofocus
        data-testid="fax-record-number"
      />
      <TextInput
        label="Recipient"
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
        error={recipientError}
        autoComplete="off"
        data-testid="fax-record-recipient"
      />
      <Radio.Group label="Who is it?" value={furnisher ? "furnisher" : "other"} onChange={(value) => setFurnisher(value === "furnisher")}>
        <div className={formClasses["radios"]}>
          <Radio value="other" label="Bureau or other" data-testid="fax-record-other" />
          <Radio value="furnisher" label="Furnisher" data-testid="fax-record-furnisher" />
        </div>
      </Radio.Group>
      <FileChoice label="What was faxed" file={file} onChange={setFile} />
      <p className={classes["sentence"]} data-testid="fax-record-sentence">
        Nothing is faxed: the portal gets a record that it was. The record waits in the outbox and goes
        {online === false ? " once the portal can be reached" : " as soon as the portal can be reached"}.
      </p>
      {record.error && !numberError && !recipientError ? <ProblemNotice problem={record.error} /> : null}
      <DialogButtons
        onLeave={onClose}
        does="Queue the record"
        disabled={Boolean(file?.problem)}
        loading={record.isPending}
        data-testid="fax-record-confirm"
      >
        Queue the record
      </DialogButtons>
    </form>
  );
}
