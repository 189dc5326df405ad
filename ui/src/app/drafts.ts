import { createContext, useCallback, useContext, useState } from "react";
import { type DisputeDraft, type DraftChange, changeDraft, emptyDraft } from "../lib/dispute-draft";

/** Every client's unfinished choice, and the template used last. In memory only, and gone with the session. */
export class Drafts {
  private readonly byClient = new Map<string, DisputeDraft>();
  private lastTemplate: string | null = null;

  of(clientId: string): DisputeDraft {
    return this.byClient.get(clientId) ?? emptyDraft(this.lastTemplate);
  }

  keep(clientId: string, draft: DisputeDraft): void {
    this.byClient.set(clientId, draft);
    this.lastTemplate = draft.templateId ?? this.lastTemplate;
  }
}

const DraftsContext = createContext<Drafts>(new Drafts());

export const DraftsProvider = DraftsContext.Provider;

/** One client's draft. The component that asks must be keyed by the client. */
export function useDraft(clientId: string): [DisputeDraft, (change: DraftChange) => void] {
  const drafts = useContext(DraftsContext);
  const [draft, setDraft] = useState(() => drafts.of(clientId));
  const change = useCallback(
    (what: DraftChange) => {
      const next = changeDraft(drafts.of(clientId), what);
      drafts.keep(clientId, next);
      setDraft(next);
    },
    [clientId, drafts],
  );
  return [draft, change];
}
