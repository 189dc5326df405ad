import { Button, Skeleton } from "@mantine/core";
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
import { FilterBar } from "../../components/filter-bar";
import { Icon } from "../../components/icon";
import { hint } from "../../components/hint";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack } from "../../components/outbox-mark";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import { Unknown } from "../../components/unknown";
import { useUndo } from "../../components/use-undo";
import type { AttributeGroup, AttributeRow, CustomerSection, OutboxItem } from "../../host/bindings";
import { count, sentence } from "../../lib/format";
import { pressHinted, useShortcuts } from "../../lib/use-shortcuts";
import { type ClientDraft, READ_ONLY, asTyped, shownRows, waitingOf } from "./client-data";
import { ClientDataForm } from "./client-data-form";
import { GoalsGroup } from "./goals-group";
import { KbaDialog } from "./kba-dialog";
import { GROUP_NAMES, PART_NAMES, useCustomerView, useOverview } from "./overview";
import classes from "./overview.module.css";

type Side = "company" | "customer";

const SIDES: readonly { id: Side; label: string }[] = [
  { id: "company", label: "As the company keeps it" },
  { id: "customer", label: "As the client sees it" },
];

interface OverviewViewProps {
  clientId: string;
  online: boolean | null;
  /** What is being typed of the client's data; nothing while it is only read. */
  draft: ClientDraft | null;
  onDraft: Dispatch<SetStateAction<ClientDraft | null>>;
}

/** Nothing of it can wait in the outbox. */
const OFFLINE = "Offline: a bureau asks its questions through the portal. Try again once it can be reached.";

/** The form's buttons stand above it, where they are seen however far it is scrolled. */
const FORM = "client-data";

/** Everything that is known of a client by name, or what the client sees of it in the customer portal. */
export function OverviewView({ clientId, online, draft, onDraft }: OverviewViewProps) {
  const [side, setSide] = useState<Side>("company");
  const [proving, setProving] = useState(false);
  const [saving, setSaving] = useState(false);
  const { data } = useOverview(clientId);
  const editButton = useRef<HTMLButtonElement>(null);
  const editing = draft !== null;
  const edited = useRef(false);

  useShortcuts(
    {
      customerView: () => setSide(side === "company" ? "customer" : "company"),
      proveIdentity: () => setProving(online !== false),
      recordTakeBack: () => pressHinted("recordTakeBack"),
    },
    !editing,
  );

  // The focus comes back to where the form was opened.
  useEffect(() => {
    if (edited.current && !editing) {
      editButton.current?.focus();
    }
    edited.current = editing;
  }, [editing]);

  return (
    <section className={classes["view"]} aria-label="Overview">
      <div className={classes["tools"]}>
        {editing ? (
          <>
            <strong>Edit the client&apos;s data</strong>
            <div className={classes["buttons"]}>
              <Hint shortcut="dialogLeave" label="Cancel">
                <Button size="xs" variant="default" onClick={() => onDraft(null)} data-testid="client-data-cancel">
                  Cancel
                </Button>
              </Hint>
              <Hint shortcut="recordSave" label="Save">
                <Button size="xs" type="submit" form={FORM} loading={saving} data-testid="client-data-save">
                  Save
                </Button>
              </Hint>
            </div>
          </>
        ) : (
          <>
            <div {...hint("customerView")}>
              <FilterBar label="Whose view" options={SIDES} value={side} onChange={setSide} />
            </div>
            <div className={classes["buttons"]}>
              {side === "company" ? (
                <Hint shortcut="recordChange" label="Edit the client's data">
                  <Button
                    ref={editButton}
                    size="xs"
                    variant="default"
                    leftSection={<Icon name="pencil" size={14} />}
                    onClick={() => onDraft({})}
                    disabled={!data}
                    data-testid="client-data-edit"
                  >
                    Edit
                  </Button>
                </Hint>
              ) : null}
              <Hint shortcut="proveIdentity" label={online === false ? OFFLINE : "A bureau's questions to the client, or without them where the portal allows it"}>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => setProving(true)}
                  disabled={online === false}
                  aria-description={online === false ? OFFLINE : undefined}
                  data-testid="kba-open"
                >
                  Prove identity…
                </Button>
              </Hint>
            </div>
          </>
        )}
      </div>
      {side === "company" ? (
        <Company clientId={clientId} online={online} draft={draft} onDraft={onDraft} onSaving={setSaving} />
      ) : (
        <AsTheClientSees clientId={clientId} />
      )}
      <KbaDialog clientId={clientId} opened={proving} onClose={() => setProving(false)} />
    </section>
  );
}

function Ghosts() {
  return (
    <div className={classes["groups"]} aria-busy="true" data-testid="overview-loading">
      <Skeleton height={140} />
      <Skeleton height={140} />
      <Skeleton height={140} />
    </div>
  );
}

interface CompanyProps extends OverviewViewProps {
  onSaving: (saving: boolean) => void;
}

function Company({ clientId, online, draft, onDraft, onSaving }: CompanyProps) {
  const { data, error, refetch } = useOverview(clientId);
  const undo = useUndo();
  if (!data) {
    return error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Ghosts />;
  }
  const waiting = waitingOf(data.groups);

  const saved = (item: OutboxItem | null) => {
    onDraft(null);
    if (item?.stage === "cancelled") {
      showDone("What waited is taken back.");
    } else if (item && waiting.some(({ id }) => id === item.id)) {
      // To take back the row would take back more than this.
      showDone("This goes along with the change that waits.");
    } else if (item) {
      undo.offer("The client's data will be changed.", [item]);
    }
  };

  return draft ? (
    <ClientDataForm
      id={FORM}
      clientId={clientId}
      groups={data.groups}
      draft={draft}
      onType={(name, text) => onDraft((before) => ({ ...before, [name]: text }))}
      onSaving={onSaving}
      onSaved={saved}
      onCancel={() => onDraft(null)}
    />
  ) : (
    <>
      {waiting.map((item) => (
        <Waiting key={item.id} item={item} onTakeBack={() => undo.cancel([item.id])} />
      ))}
      <div className={classes["groups"]}>
        <GoalsGroup clientId={clientId} online={online} undo={undo} onEdit={() => onDraft({})} />
        {data.groups.map((group) => (
          <Group key={group.kind} group={group} />
        ))}
        <p className={classes["note"]}>
          These are the portal&apos;s own attributes: templates name them as written under each. Names, date of birth, e-mail, mobile
          phone and addresses can be edited here; everything else is changed in the portal. Of a Social Security number only
          the last four digits are shown.
        </p>
      </div>
    </>
  );
}

/** What waits to be changed, with why it waits and the way back. */
function Waiting({ item, onTakeBack }: { item: OutboxItem; onTakeBack: () => void }) {
  return (
    <div className={classes["waiting"]} data-testid="client-data-waiting">
      <OutboxMark item={item} />
      <span className={classes["what"]}>{item.detail}</span>
      {canTakeBack(item) ? (
        <Hint shortcut="recordTakeBack" label="Undo the change">
          <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-testid="take-back">
            Undo the change
          </Button>
        </Hint>
      ) : null}
    </div>
  );
}

function Group({ group }: { group: AttributeGroup }) {
  const rows = shownRows(group);
  return rows.length === 0 ? null : (
    <section className={classes["group"]} aria-label={GROUP_NAMES[group.kind]} data-testid="attribute-group">
      <h2>{GROUP_NAMES[group.kind]}</h2>
      <dl className={classes["rows"]}>
        {rows.map((row) => (
          <Row key={row.name} row={row} />
        ))}
      </dl>
    </section>
  );
}

function Row({ row: { name, label, value, edit, pending } }: { row: AttributeRow }) {
  const refused = (edit && pending?.trouble?.fields[edit.name]) ?? [];
  const line = (
    <div className={classes["row"]} data-testid="attribute-row">
      <dt>
        {label}
        <code>{name}</code>
      </dt>
      <dd>
        {value === null ? <Unknown /> : edit ? asTyped({ kind: edit.kind, value }) : value}
        {pending ? (
          <>
            {" "}
            <OutboxMark item={pending} brief />
          </>
        ) : null}
        {refused.length > 0 ? <div className={classes["refused"]}>{refused.map(sentence).join(" ")}</div> : null}
      </dd>
    </div>
  );
  return edit ? (
    line
  ) : (
    <Hint label={READ_ONLY}>{line}</Hint>
  );
}

function AsTheClientSees({ clientId }: { clientId: string }) {
  const { data, error, refetch } = useCustomerView(clientId);
  if (!data) {
    return error ? <Failed problem={error} onRetry={() => void refetch()} /> : <Ghosts />;
  }
  return (
    <div className={classes["groups"]}>
      {data.sections.map((section) => (
        <Seen key={section.part} section={section} onRetry={() => void refetch()} />
      ))}
      <p className={classes["note"]}>As the customer portal answers now. It is not kept on this computer.</p>
    </div>
  );
}

function Seen({ section: { part, lines, total, problem }, onRetry }: { section: CustomerSection; onRetry: () => void }) {
  return (
    <section className={classes["group"]} aria-label={PART_NAMES[part]} data-testid="customer-section" data-part={part}>
      <h2>
        {PART_NAMES[part]} <span className="figures">{problem ? "" : count(total)}</span>
      </h2>
      {problem ? (
        <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
      ) : lines.length === 0 ? (
        <p className={classes["none"]}>The client sees nothing here.</p>
      ) : (
        <dl className={classes["rows"]}>
          {lines.map(({ title, detail }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lines have no key of their own, and are never moved
            <div key={`${index}-${title}`} className={classes["row"]}>
              <dt>{title || <Unknown />}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {total > lines.length && !problem ? <p className={classes["none"]}>The first {count(lines.length)} are shown.</p> : null}
    </section>
  );
}

function Failed({ problem, onRetry }: { problem: Parameters<typeof ProblemNotice>[0]["problem"]; onRetry: () => void }) {
  return (
    <div className={classes["failed"]}>
      <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
    </div>
  );
}
