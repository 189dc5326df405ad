import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MessageDraft, MessageSend, Problem, TemplateRow } from "../../host/bindings";
import { useHost } from "../../host/host-context";

/** Templates that messages by this channel are written from. */
export function useMessageTemplates(channel: MessageSend["channel"]): UseQueryResult<TemplateRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["library", "message-templates"],
    queryFn: () => host.call("message_template_list", {}),
    select: (templates) => templates.filter(({ kind }) => (kind === "sms") === (channel === "sms")),
  });
}

interface Text {
  templateId: string | null;
  text: string;
  /** What the template could not fill in, each once. */
  unfilled: readonly string[];
}

const EMPTY: Text = { templateId: null, text: "", unfilled: [] };

interface Written {
  now: Text;
  /** What a template said last. */
  said: string;
  /** What was typed before another text took its place, the one to go back to last. */
  before: readonly Text[];
}

/** Whether it is the agent's words that stand there, which a template, or the way back, would take away. */
function isTyped({ now, said }: Written): boolean {
  return now.text.trim() !== "" && now.text !== said;
}

/** The text before comes back. What was typed since is kept behind all others, so that going on comes to it again. */
function goBack(was: Written): Written {
  const [last, ...others] = was.before.toReversed();
  return last ? { now: last, said: "", before: [...(isTyped(was) ? [was.now] : []), ...others.toReversed()] } : was;
}

/** The text of a message: typed, or from a template with a way back to what was typed. */
export interface MessageText extends Text {
  /** What still stands in brackets for the agent to fill in. */
  left: readonly string[];
  /** What else of a template's text stands in brackets, or after one that is not closed: a gap, or meant so. */
  doubtful: readonly string[];
  type: (text: string) => void;
  choose: (templateId: string) => void;
  /** `null` where nothing typed was replaced. */
  back: (() => void) | null;
  /** Nothing was typed since the template was chosen. */
  untouched: boolean;
  drafting: UseMutationResult<MessageDraft, Problem, string>;
}

/** Each bracket with what is in it; of one that is not closed, what comes next. */
function bracketed(text: string): string[] {
  return [...new Set(text.match(/\[[^[\]\n]*\]|\[[^[\]\n]{0,20}/g)?.map((one) => one.trim()))];
}

export function useMessageText(clientId: string): MessageText {
  const host = useHost();
  const [{ now, said, before }, setWritten] = useState<Written>({ now: EMPTY, said: "", before: [] });
  const drafting = useMutation({ mutationFn: (templateId: string) => host.call("message_draft", { clientId, templateId }) });

  const choose = (templateId: string) =>
    drafting.mutate(templateId, {
      // On top of what is there by then: typing goes on while the template is read.
      onSuccess: ({ text, unfilled }) =>
        setWritten((was) => ({
          now: { templateId, text, unfilled: [...new Set(unfilled)] },
          said: text,
          before: isTyped(was) ? [...was.before, was.now] : was.before,
        })),
    });

  const left = now.unfilled.filter((name) => now.text.includes(`[${name}]`));
  return {
    ...now,
    left,
    doubtful: now.templateId === null ? [] : bracketed(now.text).filter((bracket) => left.every((name) => bracket !== `[${name}]`)),
    type: (text) => setWritten((was) => ({ ...was, now: { ...was.now, text } })),
    choose,
    back: before.length > 0 ? () => setWritten(goBack) : null,
    untouched: now.text === said,
    drafting,
  };
}
