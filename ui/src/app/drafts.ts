import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { type DisputeDraft, type DraftChange, changeDraft, emptyDraft } from "../lib/dispute-draft";

/** Every client's unfinished choice, and the template used last. In memory only, and gone with the session. */
export class Drafts {
  private readonly byClient = new Map<string, DisputeDraft>();
  private lastTemplate: string | null = null;
  /** Who shows a draft. */
  private readonly hearers = new Set<() => void>();

  of(clientId: string): DisputeDraft {
    return this.byClient.get(clientId) ?? emptyDraft(this.lastTemplate);
  }

  change(clientId: string, what: DraftChange): void {
    const draft = changeDraft(this.of(clientId), what);
    this.byClient.set(clientId, draft);
    this.lastTemplate = draft.templateId ?? this.lastTemplate;
    for (const changed of this.hearers) {
      changed();
    }
  }

  /** Whoever has no item chosen yet begins with this template. */
  begin(templateId: string): void {
    this.lastTemplate = templateId;
    for (const [clientId, draft] of this.byClient) {
      if (draft.items.size === 0) {
        this.byClient.set(clientId, { ...draft, templateId });
      }
    }
  }

  hear(changed: () => void): () => void {
    this.hearers.add(changed);
    return () => this.hearers.delete(changed);
  }
}

const DraftsContext = createContext<Drafts>(new Drafts());

export const DraftsProvider = DraftsContext.Provider;

/** One client's draft. The component that asks must be keyed by the client. */
export function useDraft(clientId: string): [DisputeDraft, (change: DraftChange) => void] {
  const drafts = useContext(DraftsContext);
  const [draft, setDraft] = useState(() => drafts.of(clientId));
  const change = useCallback((what: DraftChange) => drafts.change(clientId, what), [clientId, drafts]);
  useEffect(() => drafts.hear(() => setDraft(drafts.of(clientId))), [clientId, drafts]);
  return [draft, change];
}
