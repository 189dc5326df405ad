import { Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { DialogButtons } from "../../components/dialog-buttons";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { ClientCard, ItemRow, MessageSend, OutboxItem } from "../../host/bindings";
import { addressLine, count, listed, phone } from "../../lib/format";
import { fieldMessage } from "../../lib/problem";
import { isShortcut } from "../../lib/shortcuts";
import classes from "./correspondence.module.css";
import { useSendMessage } from "./correspondence";
import { useMessageText } from "./message-text";
import { TemplateSelect } from "./template-select";

export type Composing = MessageSend["channel"];

/** The longest text message that the desk takes, characters. */
const LONGEST_SMS = 1600;

interface Form {
  title: string;
  to: string;
  text: string;
  confirm: string;
  /** What happens to it, after "It waits in the outbox and". */
  willDo: (to: string) => string;
  /** The names that a refusal may use for the fields. */
  names: { to: readonly string[]; text: readonly string[] };
}

const FORMS: Record<Composing, Form> = {
  email: {
    title: "Write an e-mail",
    to: "To",
    text: "Text",
    confirm: "Queue the e-mail",
    willDo: (to) => `the portal sends it to ${to}`,
    names: { to: ["to"], text: ["body"] },
  },
  sms: {
    title: "Write a text message",
    to: "Number",
    text: "Text",
    confirm: "Queue the text message",
    willDo: (to) => `the portal sends it to ${phone(to)}`,
    names: { to: ["number"], text: ["body"] },
  },
  letter: {
    title: "Write a letter by the portal",
    to: "Address",
    text: "Text",
    confirm: "Queue the letter",
    willDo: (to) => `the portal has it printed and mailed to ${to}`,
    names: { to: ["address", "postal_address"], text: ["content"] },
  },
};

interface ComposeDialogProps {
  channel: Composing | null;
  client: ClientCard;
  items: readonly ItemRow[];
  online: boolean | null;
  onClose: () => void;
  onQueued: (item: OutboxItem) => void;
}

/** One message of one kind, with what will happen to it said before it happens. */
export function ComposeDialog(props: ComposeDialogProps) {
  const { channel, onClose } = props;
  return (
    <Modal opened={channel !== null} onClose={onClose} title={channel ? FORMS[channel].title : ""} size={600} data-testid="compose-dialog">
      {channel ? <ComposeForm key={channel} {...props} channel={channel} /> : null}
    </Modal>
  );
}

function ComposeForm({ channel, client, items, online, onClose, onQueued }: ComposeDialogProps & { channel: Composing }) {
  const form = FORMS[channel];
  const send = useSendMessage();
  const [to, setTo] = useState(() => usual(channel, client));
  const [subject, setSubject] = useState("");
  const written = useMessageText(client.row.id);
  const { text, left, back } = written;
  const textArea = useRef<HTMLTextAreaElement>(null);
  const [itemId, setItemId] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  /** Brackets that were asked about: what is queued again with the same is meant so. */
  const [doubted, setDoubted] = useState("");
  const doubts = listed(written.doubtful.map((bracket) => `“${bracket}”`));

  const missing = (value: string) => (asked && value.trim() === "" ? "Fill this in." : undefined);
  const tooLong = channel === "sms" && text.length > LONGEST_SMS ? `At most ${count(LONGEST_SMS)} characters.` : undefined;
  const open = asked && left.length > 0 ? `Write what belongs in place of ${listed(left.map((name) => `[${name}]`))}.` : undefined;
  const doubt = doubts !== "" && doubts === doubted ? `Still in brackets: ${doubts}. Write the words instead, or queue it once more as it is.` : undefined;
  const whole = to.trim() !== "" && text.trim() !== "" && (channel !== "email" || subject.trim() !== "") && left.length === 0 && !tooLong;

  const submit = () => {
    if (written.drafting.isPending) {
      return;
    }
    setAsked(true);
    if (doubts !== "" && doubts !== doubted) {
      send.reset();
      setDoubted(doubts);
    } else if (whole && !send.isPending) {
      send.mutate(message(channel, client.row.id, { to: to.trim(), subject: subject.trim(), text: text.trim(), itemId }), {
        onSuccess: (item) => {
          onClose();
          onQueued(item);
        },
      });
    }
  };
  const goBack = () => {
    back?.();
    textArea.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (back && written.untouched && isShortcut(event.nativeEvent, "recordUndo")) {
      // What was typed since is undone by the field itself.
      event.preventDefault();
      goBack();
    }
  };
  const toError = missing(to) ?? fieldMessage(send.error, ...form.names.to);
  const textError = missing(text) ?? open ?? tooLong ?? (send.error ? fieldMessage(send.error, ...form.names.text) : doubt);
  const subjectError = channel === "email" ? (missing(subject) ?? fieldMessage(send.error, "subject")) : undefined;

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a shortcut of the fields inside
    <form
      className={classes["form"]}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={form.to}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={toError}
        data-autofocus={to === "" ? true : undefined}
        data-testid="message-to"
      />
      {channel === "email" ? (
        <TextInput
          label="Subject"
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={subjectError}
          data-autofocus={to === "" ? undefined : true}
          data-testid="message-subject"
        />
      ) : null}
      <TemplateSelect channel={channel} text={written} />
      <Textarea
        ref={textArea}
        label={form.text}
        autosize
        minRows={channel === "sms" ? 3 : 7}
        maxRows={16}
        value={text}
        onChange={(event) => written.type(event.currentTarget.value)}
        error={textError}
        description={channel === "sms" ? `${count(text.length)} of ${count(LONGEST_SMS)} characters` : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data-autofocus={channel !== "email" && to !== "" ? true : undefined}
        data-testid="message-text"
      />
      {left.length > 0 || back ? (
        <div className={classes["drafted"]}>
          {left.length > 0 ? (
            <p role="status" data-testid="message-unfilled">
              Fill in yourself: {listed(left)}.
            </p>
          ) : null}
          {back ? (
            <Hint shortcut="recordUndo" label="Back to what was typed before the template">
              <Button size="compact-xs" variant="subtle" onClick={goBack} data-testid="message-back">
                Back to what was typed
              </Button>
            </Hint>
          ) : null}
        </div>
      ) : null}
      <Select
        label="About the item"
        data={items.map((item) => ({ value: item.id, label: `${item.accountName} ${item.accountNumber}` }))}
        value={itemId}
        onChange={setItemId}
        placeholder="None"
        clearable
        searchable
        data-testid="message-item"
      />
      <p className={classes["sentence"]} data-testid="compose-sentence">
        It waits in the outbox and {form.willDo(to.trim() || "nobody yet")}
        {online === false ? ", once the portal can be reached" : " as soon as it can be reached"}. Until it leaves it can be
        corrected or cancelled; afterwards it cannot be called back.
      </p>
      {send.error && !toError && !textError && !subjectError ? <ProblemNotice problem={send.error} /> : null}
      <DialogButtons onLeave={onClose} does={form.confirm} loading={send.isPending || written.drafting.isPending} data-testid="message-confirm">
        {form.confirm}
      </DialogButtons>
    </form>
  );
}

/** Where the client is reached by this channel, as the portal knows it. */
function usual(channel: Composing, client: ClientCard): string {
  switch (channel) {
    case "email":
      return client.row.email;
    case "sms":
      return client.phones[0] ?? client.row.phone;
    case "letter":
      return client.mailingComplete ? addressLine(client.mailing) : "";
  }
}

function message(
  channel: Composing,
  clientId: string,
  { to, subject, text, itemId }: { to: string; subject: string; text: string; itemId: string | null },
): MessageSend {
  switch (channel) {
    case "email":
      return { channel, clientId, to, subject, body: text, itemId };
    case "sms":
      return { channel, clientId, number: to, body: text, itemId };
    case "letter":
      return { channel, clientId, address: to, content: text, itemId };
  }
}
