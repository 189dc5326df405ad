import { Skeleton } from "@mantine/core";
import { useCallback, useRef, useState } from "react";
import { DropArea } from "../components/drop-area";
import { Hint } from "../components/keys";
import { ProblemNotice } from "../components/problem-notice";
import { showDone, useProblemToast } from "../components/toast";
import { useAgreements } from "../features/agreements/agreements";
import { AgreementsView } from "../features/agreements/agreements-view";
import { useCorrespondence } from "../features/correspondence/correspondence";
import { CorrespondenceView } from "../features/correspondence/correspondence-view";
import { AddDialog } from "../features/documents/add-dialog";
import { useDocuments } from "../features/documents/documents";
import { useFollowUps } from "../lib/follow-ups";
import { FollowUpsView } from "../features/follow-ups/follow-ups-view";
import { DocumentsView } from "../features/documents/documents-view";
import { ClientHeader } from "../features/clients/client-header";
import { useClient } from "../features/clients/clients";
import type { HeaderPlaces } from "../features/clients/standing";
import { ItemTable } from "../features/items/item-table";
import { useItems, useReasons } from "../features/items/items";
import { ReasonPicker } from "../features/items/reason-picker";
import { LetterDesk } from "../features/letters/letter-desk";
import { useLetters } from "../features/letters/letters";
import { LettersView } from "../features/letters/letters-view";
import { useNotes } from "../features/notes/notes";
import type { ClientDraft } from "../features/overview/client-data";
import { OverviewView } from "../features/overview/overview-view";
import { useReports } from "../features/reports/reports";
import { ReportsView } from "../features/reports/reports-view";
import { NotesView } from "../features/notes/notes-view";
import { useSyncStatus } from "../features/sync/sync";
import { useTasks } from "../features/tasks/tasks";
import { TasksView } from "../features/tasks/tasks-view";
import type { ChosenFile, LetterRow } from "../host/bindings";
import { isMail } from "../lib/document-types";
import { count } from "../lib/format";
import type { ShortcutId } from "../lib/shortcuts";
import { useChooseFiles } from "../lib/use-choose-files";
import { useDroppedFiles } from "../lib/use-dropped-files";
import { useFocusOnSide } from "../lib/use-focus-back";
import { dialogIsOpen, useShortcuts } from "../lib/use-shortcuts";
import classes from "./client-page.module.css";
import { useDraft } from "./drafts";
import { goToPlace } from "./places";
import { CLIENT_TABS, type ClientTab, go, routeHash } from "./routes";

const TABS: Record<ClientTab, { label: string; shortcut: ShortcutId }> = {
  items: { label: "Items", shortcut: "clientItems" },
  letters: { label: "Letters", shortcut: "clientLetters" },
  "follow-ups": { label: "Follow-ups", shortcut: "clientFollowUps" },
  tasks: { label: "Tasks", shortcut: "clientTasks" },
  reports: { label: "Reports", shortcut: "clientReports" },
  correspondence: { label: "Correspondence", shortcut: "clientCorrespondence" },
  documents: { label: "Documents", shortcut: "clientDocuments" },
  agreements: { label: "Agreements", shortcut: "clientAgreements" },
  notes: { label: "Notes", shortcut: "clientNotes" },
  overview: { label: "Overview", shortcut: "clientOverview" },
};

/** Where what the header says of a client is acted on. */
function placesOf(id: string): HeaderPlaces {
  const at = (tab: ClientTab) => routeHash({ page: "client", id, tab });
  return {
    items: at("items"),
    followUps: at("follow-ups"),
    tasks: at("tasks"),
    documents: at("documents"),
    agreements: at("agreements"),
    overview: at("overview"),
    outbox: routeHash({ page: "outbox" }),
  };
}

interface ClientPageProps {
  id: string;
  tab: ClientTab;
  /** The item that takes the focus. */
  item: string | undefined;
  onPrint: (letters: LetterRow[]) => void;
  onFax: (letters: LetterRow[]) => void;
}

/** One client: items and the letter desk, the letters they have become, and the client's records. */
export function ClientPage({ id, tab, item, onPrint, onFax }: ClientPageProps) {
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

  const { data: sync } = useSyncStatus();
  const online = sync?.online ?? null;
  const [files, setFiles] = useState<ChosenFile[]>([]);
  /** Scans of mail that came. */
  const [mail, setMail] = useState<ChosenFile[]>([]);
  const choose = useChooseFiles();
  const report = useProblemToast();
  const [note, setNote] = useState("");
  const [clientDraft, setClientDraft] = useState<ClientDraft | null>(null);
  const followUps = useFollowUps(id, true);
  const tasks = useTasks(id, tab === "tasks");
  const agreements = useAgreements(id, tab === "agreements");
  const reports = useReports(id, tab === "reports");
  const correspondence = useCorrespondence(id, tab === "correspondence");
  const documents = useDocuments(id, tab === "documents" || tab === "correspondence");
  const notes = useNotes(id, tab === "notes");

  const open = (to: ClientTab) => go({ page: "client", id, tab: to });
  useShortcuts({
    clientItems: () => open("items"),
    clientLetters: () => open("letters"),
    clientFollowUps: () => open("follow-ups"),
    clientTasks: () => open("tasks"),
    clientAgreements: () => open("agreements"),
    clientReports: () => open("reports"),
    clientCorrespondence: () => open("correspondence"),
    clientDocuments: () => open("documents"),
    clientNotes: () => open("notes"),
    clientOverview: () => open("overview"),
  });
  const side = useRef<HTMLDivElement>(null);
  useFocusOnSide(tab, side);
  // Whatever of the client is shown, a dropped file is meant for the documents; with the correspondence it is mail that came.
  useDroppedFiles((dropped) => {
    if (tab === "correspondence" && (mail.length > 0 || !dialogIsOpen())) {
      setMail((before) => [...before, ...dropped]);
      return;
    }
    setFiles((before) => [...before, ...dropped]);
    if (tab !== "documents" && dialogIsOpen()) {
      // What is written in the dialog would be lost.
      showDone("The dropped files wait in this client's documents.");
    } else {
      open("documents");
    }
  });

  const refetchItems = items.refetch;
  const retryItems = useCallback(() => void refetchItems(), [refetchItems]);
  const letterCount = (letters.data ?? []).filter(({ stage }) => stage !== "discarded").length;

  /** How many of each there are; of what was not opened yet, as many as the client's card says. */
  const counts: Record<ClientTab, number | undefined> = {
    items: items.data?.length,
    letters: letters.data ? letterCount : undefined,
    "follow-ups": followUps.data?.filter((row) => row.open).length,
    tasks: tasks.data?.tasks.filter(({ stage }) => stage === "open").length ?? client.data?.openTasks,
    agreements: agreements.data?.agreements.length ?? client.data?.agreements.length,
    reports: reports.data?.reports.length ?? client.data?.reports,
    correspondence: correspondence.data?.length ?? client.data?.correspondence,
    documents: documents.data?.length ?? client.data?.documents.length,
    notes: notes.data?.length ?? client.data?.notes,
    overview: undefined,
  };

  return (
    <>
      <ClientHeader client={client.data} places={placesOf(id)} onBack={() => go({ page: "clients" })}>
        <nav className={classes["tabs"]} aria-label="This client">
          {CLIENT_TABS.map((one) => (
            <Hint key={one} shortcut={TABS[one].shortcut}>
              <a href={routeHash({ page: "client", id, tab: one })} aria-current={tab === one ? "page" : undefined} data-testid={`tab-${one}`}>
                {TABS[one].label} <span className="figures">{counts[one] === undefined ? "" : count(counts[one])}</span>
              </a>
            </Hint>
          ))}
        </nav>
      </ClientHeader>
      <div ref={side} className={classes["side"]} tabIndex={-1} role="group" aria-label={TABS[tab].label} data-testid="client-side">
        {client.error ? (
          <div className={classes["problem"]}>
            <ProblemNotice problem={client.error} onRetry={() => void client.refetch()} />
          </div>
        ) : tab === "letters" ? (
          <LettersView key={prepared.join()} clientId={id} initial={prepared} onPrint={onPrint} onFax={onFax} onOpenPlace={goToPlace} />
        ) : tab === "follow-ups" ? (
          <FollowUpsView clientId={id} onOpenLetter={(letter) => go({ page: "letters", letters: [letter] })} />
        ) : tab === "tasks" ? (
          <TasksView clientId={id} online={online} onOpenItem={(itemId) => go({ page: "client", id, tab: "items", item: itemId })} />
        ) : tab === "agreements" ? (
          <AgreementsView clientId={id} online={online} />
        ) : tab === "reports" ? (
          <ReportsView key={id} clientId={id} online={online} />
        ) : tab === "correspondence" ? (
          <CorrespondenceView
            clientId={id}
            client={client.data}
            items={items.data ?? []}
            online={online}
            places={{
              item: (itemId) => routeHash({ page: "client", id, tab: "items", item: itemId }),
              letter: (letterId) => routeHash({ page: "letters", letters: [letterId] }),
            }}
            received={{ count: (documents.data ?? client.data?.documents ?? []).filter(isMail).length, href: routeHash({ page: "client", id, tab: "documents" }) }}
            onOpenDocuments={() => open("documents")}
            onReceive={() => choose.mutate(undefined, { onSuccess: (chosen) => setMail((before) => [...before, ...chosen]), onError: report })}
            renderReceiving={(onQueued) => <AddDialog clientId={id} files={mail} onFiles={setMail} onAdded={onQueued} online={online} mail />}
          />
        ) : tab === "documents" ? (
          <DocumentsView clientId={id} online={online} files={files} onFiles={setFiles} />
        ) : tab === "overview" ? (
          <OverviewView key={id} clientId={id} online={online} draft={clientDraft} onDraft={setClientDraft} />
        ) : tab === "notes" ? (
          <NotesView clientId={id} online={online} draft={note} onDraft={setNote} />
        ) : (
          <div className={classes["work"]}>
            <ItemTable
              key={item ?? ""}
              first={item ?? null}
              clientId={id}
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
      </div>
      <DropArea
        takes
        title={`Drop the ${tab === "correspondence" ? "scans" : "files"} to file them with ${client.data?.row.name ?? "this client"}`}
        text={
          tab === "correspondence"
            ? "Mail that came: you say who wrote before it is queued. JPEG, PNG, PDF and Word, up to 50 MB each."
            : "You say what each is before it is queued: JPEG, PNG, PDF and Word, up to 50 MB each."
        }
      />
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
