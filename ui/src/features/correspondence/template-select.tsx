import { Select } from "@mantine/core";
import { type KeyboardEvent, useRef } from "react";
import { hint } from "../../components/hint";
import { ProblemNotice } from "../../components/problem-notice";
import { useNothingSaid } from "../../components/use-nothing";
import type { MessageSend, TemplateRow } from "../../host/bindings";
import { isShortcut } from "../../lib/shortcuts";
import { useShortcuts } from "../../lib/use-shortcuts";
import { type MessageText, useMessageTemplates } from "./message-text";

const MANY: Record<MessageSend["channel"], string> = { email: "e-mails", sms: "text messages", letter: "letters by the portal" };

/** By category; those for disputes come last, because a message is seldom one. */
function grouped(templates: readonly TemplateRow[]) {
  const groupOf = ({ dispute, category }: TemplateRow) => (dispute ? "For disputes" : category || "Without a category");
  const sorted = templates.toSorted((one, other) => Number(one.dispute) - Number(other.dispute));
  return [...new Set(sorted.map(groupOf))].map((group) => ({
    group,
    items: sorted.filter((one) => groupOf(one) === group).map(({ id, name }) => ({ value: id, label: name })),
  }));
}

/** Fills the text of a message from a template; choosing the same again words it anew. */
export function TemplateSelect({ channel, text }: { channel: MessageSend["channel"]; text: MessageText }) {
  const { data: templates, error, refetch } = useMessageTemplates(channel);
  const none = useNothingSaid("templates", templates?.length === 0, `The portal has no templates for ${MANY[channel]}.`);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts(
    {
      messageTemplate: () => {
        input.current?.focus();
        input.current?.click();
      },
    },
    true,
    "dialog",
  );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // In the open list it chooses only: the text of the choice is still to come.
    if (event.currentTarget.dataset["expanded"] && isShortcut(event.nativeEvent, "dialogDo")) {
      event.stopPropagation();
    }
  };
  const { drafting } = text;
  return (
    <>
      <Select
        ref={input}
        label="Template"
        description={none || undefined}
        data={grouped(templates ?? [])}
        value={text.templateId}
        onOptionSubmit={text.choose}
        onKeyDown={onKeyDown}
        allowDeselect={false}
        disabled={!templates?.length}
        placeholder="None"
        searchable
        nothingFoundMessage="No template has this name."
        loading={drafting.isPending}
        {...hint("messageTemplate")}
        data-testid="message-template"
      />
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      {drafting.error ? <ProblemNotice problem={drafting.error} title="The template could not be filled in" /> : null}
    </>
  );
}
