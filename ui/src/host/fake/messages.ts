import { DeskProblem } from "../../lib/problem";
import type { MessageDraft, TemplateRow } from "../bindings";

/** What a made-up portal has for messages: of each channel some, one of them for disputes. */
const SAID: readonly (TemplateRow & MessageDraft)[] = [
  {
    id: "41",
    name: "Documents wanted",
    kind: "sms",
    category: "Onboarding",
    dispute: false,
    text: "Please send a photo of your license.",
    unfilled: [],
  },
  {
    id: "42",
    name: "Appointment",
    kind: "sms",
    category: "",
    dispute: false,
    text: "We call you on [CallDay] at [CallTime].",
    unfilled: ["CallDay", "CallTime", "CallDay"],
  },
  { id: "34", name: "Debt validation", kind: "static", category: "Collectors", dispute: true, text: "Please validate this debt.", unfilled: [] },
  {
    id: "35",
    name: "Welcome letter",
    kind: "static",
    category: "",
    dispute: false,
    text: "Welcome.\n\nYour first letters go out this week.",
    unfilled: [],
  },
  {
    id: "36",
    name: "Round is over",
    kind: "smart",
    category: "Progress",
    dispute: false,
    text: "Your round ended. [Deleted] items were deleted.",
    unfilled: ["Deleted"],
  },
];

export function messageTemplates(): TemplateRow[] {
  return SAID.map(({ id, name, kind, category, dispute }) => ({ id, name, kind, category, dispute }));
}

export function draftMessage(templateId: string): MessageDraft {
  const said = SAID.find(({ id }) => id === templateId);
  if (!said) {
    throw new DeskProblem({ code: "not_found", message: "This template is no longer here." });
  }
  return { text: said.text, unfilled: said.unfilled };
}
