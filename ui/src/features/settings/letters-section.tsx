import type { ReactNode } from "react";
import { Tag } from "../../components/tag";
import type { EnvelopeKind, EnvelopeWindow, SettingsView } from "../../host/bindings";
import { EnvelopeDrawing } from "./envelope-drawing";
import { inches } from "./measures";
import { Facts, Section } from "./section";

const ENVELOPES: Record<EnvelopeKind, string> = {
  none: "Without a window: the address follows the date",
  single: "One window, for the recipient",
  double: "Two windows, for the recipient and the sender",
};

/** What all letters share. */
export function LettersSection({ settings }: { settings: SettingsView | undefined }) {
  return (
    <Section
      title="Letters"
      lead={
        <>
          What all letters share. The administrator sets it in <code>settings.toml</code>, under <code>[letters]</code>.
        </>
      }
      testId="settings-letters"
    >
      <Facts ghosts={4} rows={settings ? rowsOf(settings) : undefined} />
      {settings ? <EnvelopeDrawing envelope={settings.letters.envelope} /> : null}
    </Section>
  );
}

function rowsOf({ letters: { envelope, foldMarks, company } }: SettingsView): (readonly [string, ReactNode])[] {
  const { kind, width, height, windows } = envelope;
  const [recipient, sender] = windows;
  const size = width !== null && height !== null ? `, ${inches(width)} × ${inches(height)}` : "";
  return [
    ["Envelope", `${ENVELOPES[kind]}${size}`],
    ...(recipient ? [["Recipient's window", <Measures key="recipient" window={recipient} />] as const] : []),
    ...(sender ? [["Sender's window", <Measures key="sender" window={sender} />] as const] : []),
    ["Fold marks", foldMarks ? "Printed at the left edge" : "None"],
    ["Company", company ? <Company key="company" lines={[company.name, company.address, company.phone, company.fax && `Fax ${company.fax}`]} /> : <NotSet key="company" />],
  ];
}

function Measures({ window: { left, bottom, width, height } }: { window: EnvelopeWindow }) {
  return (
    <span className="figures">
      {inches(width)} × {inches(height)}, {inches(left)} from the left, {inches(bottom)} from the bottom
    </span>
  );
}

function Company({ lines }: { lines: readonly string[] }) {
  const set = lines.filter(Boolean);
  return set.length > 0 ? (
    <address>
      {set.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </address>
  ) : (
    <NotSet />
  );
}

function NotSet() {
  return (
    <>
      <Tag>Not set</Tag> A template that names the company cannot be written from until it is.
    </>
  );
}
