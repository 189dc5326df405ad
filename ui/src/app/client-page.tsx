import { Skeleton } from "@mantine/core";
import { useCallback, useState } from "react";
import { Hint } from "../components/keys";
import { ProblemNotice } from "../components/problem-notice";
import { ClientHeader } from "../features/clients/client-header";
import { useClient } from "../features/clients/clients";
import { ItemTable } from "../features/items/item-table";
import { useItems, useReasons } from "../features/items/items";
import { ReasonPicker } from "../features/items/reason-picker";
import { LetterDesk } from "../features/letters/letter-desk";
import { useLetters } from "../features/letters/letters";
import { LettersView } from "../features/letters/letters-view";
import type { LetterRow } from "../host/bindings";
import { count } from "../lib/format";
import { useShortcuts } from "../lib/use-shortcuts";
import classes from "./client-page.module.css";
import { useDraft } from "./drafts";
import { go, routeHash } from "./routes";

interface ClientPageProps {
  id: string;
  tab: "items" | "letters";
  onPrint: (letters: LetterRow[]) => void;
  onFax: (letters: LetterRow[]) => void;
}

/** One client: items and the letter desk, or the letters they have become. */
export function ClientPage({ id, tab, onPrint, onFax }: ClientPageProps) {
  const client = useClient(id);
  const items = useItems(id);
  const letters = useLetters(id);
  const { data: reasons } = useReasons();
  const [draft, changeDraft] = useDraft(id);
  const [asking, setAsking] = useState<string[] | null>(null);
  const [prepared, setPrepared] = useState<readonly string[]>([]);

  const reasonName = useCallback(
    (reasonId: string) => reasons?.find((reason) => reason.id === reasonId)?.name ?? "Reason no longer in the list",
    [reasons],
  );

  useShortcuts({
    clientItems: () => go({ page: "client", id, tab: "items" }),
    clientLetters: () => go({ page: "client", id, tab: "letters" }),
  });

  const refetchItems = items.refetch;
  const retryItems = useCallback(() => void refetchItems(), [refetchItems]);
  const letterCount = (letters.data ?? []).filter(({ stage }) => stage !== "discarded").length;

  return (
    <>
      <ClientHeader client={client.data} onBack={() => go({ page: "clients" })}>
        <nav className={classes["tabs"]} aria-label="This client">
          <Hint shortcut="clientItems">
            <a href={routeHash({ page: "client", id, tab: "items" })} aria-current={tab === "items" ? "page" : undefined} data-testid="tab-items">
              Items <span className="figures">{items.data ? count(items.data.length) : ""}</span>
            </a>
          </Hint>
          <Hint shortcut="clientLetters">
            <a href={routeHash({ page: "client", id, tab: "letters" })} aria-current={tab === "letters" ? "page" : undefined} data-testid="tab-letters">
              Letters <span className="figures">{letters.data ? count(letterCount) : ""}</span>
            </a>
          </Hint>
        </nav>
      </ClientHeader>
      {client.error ? (
        <div className={classes["problem"]}>
          <ProblemNotice problem={client.error} onRetry={() => void client.refetch()} />
        </div>
      ) : tab === "letters" ? (
        <LettersView key={prepared.join()} clientId={id} initial={prepared} onPrint={onPrint} onFax={onFax} />
      ) : (
        <div className={classes["work"]}>
          <ItemTable
            items={items.data}
            problem={items.error}
            onRetry={retryItems}
            choice={draft.items}
            onChange={changeDraft}
            reasonName={reasonName}
            onAskReason={setAsking}
          />
          {client.data && items.data ? (
            <LetterDesk
              client={client.data}
              items={items.data}
              draft={draft}
              onChange={changeDraft}
              reasonName={reasonName}
              onAskReason={setAsking}
              onPrepared={(ids, whole) => {
                setPrepared(ids);
                if (whole) {
                  go({ page: "client", id, tab: "letters" });
                }
              }}
            />
          ) : (
            <aside className={classes["ghost"]} aria-label="Letter desk">
              <Skeleton height={80} />
              <Skeleton height={146} />
              <Skeleton height={56} />
            </aside>
          )}
        </div>
      )}
      <ReasonPicker
        itemIds={asking}
        onClose={() => setAsking(null)}
        onPick={(reasonId) => {
          if (asking) {
            changeDraft({ type: "reason", itemIds: asking, reasonId });
          }
          setAsking(null);
        }}
      />
    </>
  );
}
