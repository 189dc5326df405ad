import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { hint } from "../../components/hint";
import { Hint } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { ProblemNotice } from "../../components/problem-notice";
import { Tag } from "../../components/tag";
import { ThemeChoice } from "../../components/theme-choice";
import type { KeyGuard, LimitsView, Session, SettingsView } from "../../host/bindings";
import { count, plural } from "../../lib/format";
import { DataSection, type SyncControl } from "./data-section";
import { LettersSection } from "./letters-section";
import { PrintingSection } from "./printing-section";
import { Facts, Section } from "./section";
import { useSettings } from "./settings";
import classes from "./settings.module.css";

interface SettingsPageProps {
  session: Session;
  sync: SyncControl;
  /** The hash of the page with the gate's rules. */
  gate: string;
  onOpenOutbox: () => void;
  onSignIn: () => void;
  onSignOut: () => void;
}

const GUARDS: Record<KeyGuard, string> = {
  keychain: "In the system's keychain, under your account of this computer",
  passphrase: "Made from your passphrase, which is asked for at every start and kept nowhere",
};

/** What is in force here and what is kept here. What the company decides is shown and not set. */
export function SettingsPage({ session, sync, gate, onOpenOutbox, onSignIn, onSignOut }: SettingsPageProps) {
  const { data: settings, error, refetch, isFetching } = useSettings();
  // Without an answer, what needs none still stands.
  const told = settings !== undefined || error === null;
  return (
    <>
      <header className={classes["head"]}>
        <PageTitle>Settings</PageTitle>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable to be scrolled by keys */}
      <div className={classes["page"]} tabIndex={0} role="region" aria-label="All settings">
        <div className={classes["column"]}>
          {error && !settings ? (
            <div className={classes["problem"]}>
              <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />
            </div>
          ) : null}
          <Section title="Account and portal" testId="settings-account">
            {told ? <Facts ghosts={4} rows={settings ? accountRows(settings, session) : undefined} /> : null}
            <div className={classes["line"]}>
              <span>Signing out wipes the client data from this computer. To only stop working, close the window.</span>
              {session.signInNeeded ? (
                <Hint shortcut="signInAgain">
                  <Button size="xs" variant="default" onClick={onSignIn} data-testid="settings-sign-in">
                    Sign in again
                  </Button>
                </Hint>
              ) : null}
              <Hint shortcut="signOut">
                <Button size="xs" variant="default" onClick={onSignOut} data-testid="settings-sign-out">
                  Sign out…
                </Button>
              </Hint>
            </div>
          </Section>
          <Section title="Security" testId="settings-security">
            {told ? <Facts ghosts={2} rows={settings ? securityRows(settings) : undefined} /> : null}
          </Section>
          <Section title="Appearance" testId="settings-appearance">
            <div {...hint("theme")}>
              <ThemeChoice />
            </div>
          </Section>
          {told ? <LettersSection settings={settings} /> : null}
          <Section title="Gate" testId="settings-gate">
            <p>
              Every letter is looked at before it goes out. <a href={gate}>See the rules and their limits</a>
            </p>
          </Section>
          <PrintingSection />
          <DataSection settings={settings} known={told} sync={sync} onOpenOutbox={onOpenOutbox} />
          <Section title="This program" testId="settings-program">
            {told ? <Facts ghosts={2} rows={settings ? programRows(settings) : undefined} /> : null}
          </Section>
        </div>
      </div>
    </>
  );
}

type Rows = (readonly [string, ReactNode])[];

function accountRows({ agent, email, portal, realm, limits }: SettingsView, { signInNeeded }: Session): Rows {
  return [
    ["Agent", agent === email ? agent : `${agent}, ${email}`],
    [
      "Portal",
      <span key="portal">
        {portal ?? "Practice portal of this program"} {realm === "practice" ? <Tag tone="warn">Practice: made-up people</Tag> : null}
      </span>,
    ],
    ["Session", signInNeeded ? <Tag key="ended" tone="warn">Ended by the portal</Tag> : "Signed in"],
    ["Calls to it", callsAtMost(limits)],
    ["Lost answers", `Looked for on the portal after ${duration(limits.quietSeconds)}; nothing is sent twice meanwhile`],
  ];
}

function securityRows({ guard }: SettingsView): Rows {
  return [
    ["Client data", "Encrypted on this computer; readable only with its key"],
    ["The key", GUARDS[guard]],
    ...(guard === "passphrase" ? [["When it is forgotten", "Nobody can recover it: the data is set aside, and a sync brings it anew"] as const] : []),
  ];
}

function programRows({ versions, file }: SettingsView): Rows {
  return [
    ["Version", `Dispute Desk ${versions.desk}, SQLite ${versions.sqlite}, letter engine ${versions.letters.replace("letters ", "")}`],
    [
      "Settings file",
      <span key="file">
        <code>{file.path}</code> {file.found ? null : <Tag>Not there: everything is as usual</Tag>}
      </span>,
    ],
    ["When it changes", "It is read at the start: close the window and open it again"],
  ];
}

function callsAtMost({ concurrent, perMinute }: LimitsView): string {
  return `${count(concurrent)} at once at most, ${perMinute === null ? "any number" : count(perMinute)} a minute`;
}

/** `3 minutes`, `4 minutes 30 seconds`. */
function duration(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return [minutes > 0 ? plural(minutes, "minute") : "", rest > 0 || minutes === 0 ? plural(rest, "second") : ""].filter(Boolean).join(" ");
}
