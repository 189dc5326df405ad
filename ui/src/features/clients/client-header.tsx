import { ActionIcon, Skeleton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { PageTitle } from "../../components/page-title";
import { Tag, type Tone } from "../../components/tag";
import { Unknown } from "../../components/unknown";
import type { ClientCard } from "../../host/bindings";
import { addressLine, ago, date, instant, instantDay, phone } from "../../lib/format";
import { useNow } from "../../lib/use-now";
import { useShortcuts } from "../../lib/use-shortcuts";
import classes from "./client-header.module.css";
import { Standing } from "./client-standing";
import { type Enclosure, enclosures, useClientFreshness } from "./clients";
import { type HeaderPlaces, identitySaid, useClientStanding } from "./standing";

interface ClientHeaderProps {
  client: ClientCard | undefined;
  /** Where each part is acted on. */
  places: HeaderPlaces;
  onBack: () => void;
  children?: ReactNode;
}

/** Who the client is, what is in place or missing before a letter can go out, and what asks for the agent. Identifiers are masked. */
export function ClientHeader({ client, places, onBack, children }: ClientHeaderProps) {
  return (
    <header className={classes["header"]} data-testid="client-header">
      <div className={classes["top"]}>
        <Hint shortcut="goBack" label="Back to the clients">
          <ActionIcon onClick={onBack} aria-label="Back to the clients" data-testid="back">
            <Icon name="left" size={18} />
          </ActionIcon>
        </Hint>
        <PageTitle>{client ? client.row.name : "Client"}</PageTitle>
        {client ? <Identifiers client={client} /> : <Skeleton height={14} width={260} />}
        {client ? <Freshness id={client.row.id} /> : null}
      </div>
      <dl className={classes["checks"]}>{client ? <Checks client={client} places={places} /> : <Skeleton height={34} />}</dl>
      {client ? <Standing id={client.row.id} places={places} /> : <div className={classes["standing"]} />}
      <div className={classes["sides"]}>{children}</div>
    </header>
  );
}

/** Whether what is shown is what the portal has now. Offline is said once, in the frame. */
function Freshness({ id }: { id: string }) {
  const { data, error, isFetching } = useClientFreshness(id);
  const now = useNow();
  const problem = error ?? data?.problem;
  if (isFetching) {
    return (
      <span className={classes["freshness"]} data-testid="freshness">
        Checking with the portal…
      </span>
    );
  }
  if (problem) {
    return problem.code === "portal_unreachable" ? null : (
      <span className={classes["freshness"]} data-testid="freshness" title={problem.message}>
        <Tag tone="warn">{problem.code === "not_found" ? "No longer in the portal" : "As of the last sync"}</Tag>
      </span>
    );
  }
  const at = data?.checkedAt;
  return at ? (
    <span className={classes["freshness"]} data-testid="freshness" title={`As the portal had it on ${instant(at)}`}>
      Checked {ago(at, Math.max(now, Date.parse(at)))}
    </span>
  ) : null;
}

function Identifiers({ client }: { client: ClientCard }) {
  const [shown, setShown] = useState(false);
  useShortcuts({ birthDate: () => setShown(!shown) });
  const { row, birthDate, phones } = client;
  return (
    <p className={classes["identifiers"]}>
      <span>
        SSN {row.ssnLastFour ? <span className="figures">•••-••-{row.ssnLastFour}</span> : <Unknown />}
      </span>
      <span>
        Born{" "}
        {birthDate ? (
          <>
            <span className="figures" data-testid="birth-date">
              {shown ? date(birthDate) : `••/••/${birthDate.slice(0, 4)}`}
            </span>
            <Hint shortcut="birthDate" label={shown ? "Hide the date of birth" : "Show the date of birth"}>
              <ActionIcon
                size={20}
                onClick={() => setShown(!shown)}
                aria-label={shown ? "Hide the date of birth" : "Show the date of birth"}
                aria-pressed={shown}
              >
                <Icon name="eye" size={14} />
              </ActionIcon>
            </Hint>
          </>
        ) : (
          <Unknown />
        )}
      </span>
      <span className="figures">{phones[0] ? phone(phones[0]) : "No phone"}</span>
    </p>
  );
}

function Checks({ client, places }: { client: ClientCard; places: HeaderPlaces }) {
  const { identity, proofOfAddress } = enclosures(client.documents);
  const { data: standing } = useClientStanding(client.row.id);
  return (
    <>
      <Agreement client={client} href={places.agreements} />
      {standing ? (
        <Check
          label="Identity"
          href={places.overview}
          hint={standing.proofs.length === 0 ? "It was not proven from this computer, and the portal does not tell what was proven elsewhere." : undefined}
          {...identitySaid(standing.proofs)}
        />
      ) : null}
      <Check label="ID" href={places.documents} {...enclosureCheck(identity)} />
      <Check label="Proof of address" href={places.documents} {...enclosureCheck(proofOfAddress)} />
      <Check
        href={places.overview}
        label="Mailing address"
        tone={client.mailingComplete ? "good" : "bad"}
        state={client.mailingComplete ? "Complete" : "Incomplete"}
        detail={addressLine(client.mailing)}
        wide
      />
    </>
  );
}

function Agreement({ client, href }: { client: ClientCard; href: string }) {
  const signed = client.agreements.flatMap(({ signedAt }) => signedAt ?? []).toSorted()[0];
  switch (client.row.agreement) {
    case "signed":
      return <Check label="Agreement" href={href} tone="good" state="Signed" detail={signed ? instantDay(signed) : ""} />;
    case "cancellable":
      return (
        <Check
          label="Agreement"
          href={href}
          tone="warn"
          state="Can still be cancelled"
          detail={[signed && `Signed ${instantDay(signed)}`, "letters wait"].filter(Boolean).join(", ")}
        />
      );
    case "unsigned":
      return <Check label="Agreement" href={href} tone="warn" state="Not signed" detail="No letters before it is signed" />;
    case "unknown":
      return <Check label="Agreement" href={href} tone="warn" state="Unknown" detail="Not synced yet" />;
  }
}

function enclosureCheck(enclosure: Enclosure | null): Pick<CheckProps, "tone" | "state" | "detail"> {
  if (!enclosure) {
    return { tone: "warn", state: "Missing", detail: "" };
  }
  const { name, filedAt } = enclosure;
  return { tone: "good", state: "On file", detail: [name, filedAt && instantDay(filedAt)].filter(Boolean).join(", ") };
}

interface CheckProps {
  label: string;
  /** Where it is acted on. */
  href: string;
  tone: Tone;
  state: string;
  detail: string;
  /** More of it, for whoever points at it. */
  hint?: string | undefined;
  wide?: boolean;
}

function Check({ label, href, tone, state, detail, hint, wide = false }: CheckProps) {
  return (
    <div className={classes["check"]} data-wide={wide}>
      <dt>{label}</dt>
      <dd>
        <a href={href} className={classes["alert"]} title={hint} aria-label={`${label}: ${state}`}>
          <Tag tone={tone}>{state}</Tag>
        </a>
        <span className={classes["detail"]} title={detail}>
          {detail}
        </span>
      </dd>
    </div>
  );
}
