import { Loader, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { HintLayer } from "../components/hint-layer";
import { ProblemAdviceProvider, ProblemNotice } from "../components/problem-notice";
import { sessionOptions, useSession, useSignInOptions } from "../features/sign-in/session";
import type { Remembered } from "../features/sign-in/sign-in";
import { SignInAgain } from "../features/sign-in/sign-in-again";
import { SignInPage } from "../features/sign-in/sign-in-page";
import { StartFreshDialog } from "../features/sign-in/start-fresh";
import { useSyncCommand } from "../features/sync/sync";
import { tasksDueOptions } from "../features/tasks/tasks";
import { todayOptions } from "../features/today/today";
import type { Host } from "../host/host";
import { HostProvider } from "../host/host-context";
import { makeQueryClient } from "../lib/desk-query";
import classes from "./app.module.css";
import { useDeskEvents, useNetworkBack } from "./desk-events";
import { Fault } from "./fault";
import { Frame } from "./frame";
import { type Remedies, adviseWith } from "./problems";
import { go, parseRoute } from "./routes";
import { cssVariables, theme } from "./theme";
import { ThemeMenu } from "./theme-menu";

interface AppProps {
  host: Host;
  /** Tests draw without transitions and colours. */
  env?: "default" | "test";
}

export function App({ host, env = "default" }: AppProps) {
  const [queries] = useState(() => askedEarly(makeQueryClient(), host));
  const styled = env === "default";
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      withCssVariables={styled}
      withGlobalClasses={styled}
      defaultColorScheme="auto"
      env={env}
    >
      <Notifications position="bottom-right" limit={4} />
      <HintLayer />
      <Fault>
        <HostProvider value={host}>
          <QueryClientProvider client={queries}>
            <Desk />
          </QueryClientProvider>
        </HostProvider>
      </Fault>
    </MantineProvider>
  );
}

/** The first screen's questions, on their way while it is drawn for the first time. A desk that is not open refuses them, and is asked
 * again once it is. */
function askedEarly(queries: QueryClient, host: Host): QueryClient {
  void queries.prefetchQuery(sessionOptions(host));
  if (parseRoute(window.location.hash).page === "today") {
    void queries.prefetchQuery(todayOptions(host));
    void queries.prefetchQuery(tasksDueOptions(host));
  }
  return queries;
}

/** The desk by its stage: on its way, closed, or open. */
function Desk() {
  useDeskEvents();
  useNetworkBack();
  const { data: session, error, refetch, isFetching } = useSession();
  // Asked now, so that the way in opens whole.
  useSignInOptions();
  const [remembered, setRemembered] = useState<Remembered>({ portal: "", email: "" });
  const [signingIn, setSigningIn] = useState(false);
  const { mutate: startSync } = useSyncCommand("sync_start");
  const ready = session?.stage === "ready";
  const remedies = useMemo(
    () => ({
      signIn: ready ? () => setSigningIn(true) : null,
      sync: () => startSync(),
      startFresh: null,
      outbox: ready ? () => go({ page: "outbox" }) : null,
    }),
    [ready, startSync],
  );
  const advise = useMemo(() => adviseWith(remedies), [remedies]);
  useForgetting(ready);

  return (
    <ProblemAdviceProvider value={advise}>
      {session ? (
        ready ? (
          <OpenDesk remedies={remedies}>
            <Frame session={session} onSignInAgain={() => setSigningIn(true)} />
            <SignInAgain
              session={session}
              opened={signingIn}
              onClose={() => setSigningIn(false)}
              remembered={remembered}
              onRemember={setRemembered}
            />
          </OpenDesk>
        ) : (
          <SignInPage
            key={session.stage}
            session={session}
            remembered={remembered}
            onRemember={setRemembered}
            corner={<ThemeMenu />}
          />
        )
      ) : (
        <main className={classes["opening"]}>
          <h1 className={classes["name"]}>Dispute Desk</h1>
          {error ? (
            <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
          ) : (
            <Loader size="sm" role="status" aria-label="Opening the desk" />
          )}
        </main>
      )}
    </ProblemAdviceProvider>
  );
}

/** What only an open desk can offer: to set files aside that turned out to be damaged. */
function OpenDesk({ remedies, children }: { remedies: Remedies; children: ReactNode }) {
  const [startingFresh, setStartingFresh] = useState(false);
  const advise = useMemo(() => adviseWith({ ...remedies, startFresh: () => setStartingFresh(true) }), [remedies]);
  return (
    <ProblemAdviceProvider value={advise}>
      {children}
      <StartFreshDialog opened={startingFresh} onClose={() => setStartingFresh(false)} />
    </ProblemAdviceProvider>
  );
}

/** A desk that is no longer open leaves no client's data in the window's memory, and no place in its history. */
function useForgetting(ready: boolean): void {
  const queries = useQueryClient();
  const wasReady = useRef(false);
  useEffect(() => {
    if (wasReady.current && !ready) {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      window.location.hash = "";
    }
    wasReady.current = ready;
  }, [queries, ready]);
}
