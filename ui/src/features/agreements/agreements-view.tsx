import { Button, Skeleton, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { FileViewer } from "../../components/file-viewer";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack } from "../../components/outbox-mark";
import { type Nothing, nothingOf } from "../../components/record-access";
import { ProblemNotice } from "../../components/problem-notice";
import { useRecordKeys } from "../../components/record-keys";
import { Tag } from "../../components/tag";
import { useNothing } from "../../components/use-nothing";
import { Unknown } from "../../components/unknown";
import { useUndo } from "../../components/use-undo";
import type { AgreementCard, ClientAgreements, ClientProducts, OutboxItem, Problem, ProductRow } from "../../host/bindings";
import { instantDay, words } from "../../lib/format";
import { AddDialog } from "./add-dialog";
import classes from "./agreements.module.css";
import { agreementFile, agreementKey, agreementName, productName, standing, useAgreements, useProducts } from "./agreements";

interface AgreementsViewProps {
  clientId: string;
  online: boolean | null;
}

/** What a client signed and bought. An agreement that was signed elsewhere is recorded here; all else is changed in the portal. */
export function AgreementsView({ clientId, online }: AgreementsViewProps) {
  const agreements = useAgreements(clientId);
  const products = useProducts(clientId);
  const noAgreements = useNothing("agreements", clientId, agreements.data?.agreements.length === 0, NO_AGREEMENTS);
  const [adding, setAdding] = useState(false);
  const { offer, undo, cancel } = useUndo();
  const add = () => setAdding(true);
  const permitted = agreements.data?.permission === "signed" || agreements.data?.permission === "cancellable";
  useRecordKeys({ onAdd: add, onUndo: undo });
  const [open, setOpen] = useState<number | null>(null);
  const files = (agreements.data?.agreements ?? []).flatMap((agreement) => agreementFile(agreement) ?? []);
  return (
    <div className={classes["view"]}>
      {online === false ? (
        <p className={classes["offline"]} role="status" data-testid="records-offline">
          Offline: this is as it was at the last sync. What you record here waits in the outbox until the portal can be reached.
        </p>
      ) : null}
      <Part
        title="Agreements"
        aside={permission(agreements.data)}
        tool={
          <Hint shortcut="recordAdd" label="Record a signed agreement">
            <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={add} data-testid="agreement-add">
              Record a signed agreement
            </Button>
          </Hint>
        }
        rows={agreements.data?.agreements}
        none={noAgreements}
        problem={agreements.error}
        onRetry={() => void agreements.refetch()}
      >
        {(rows) => (
          <Agreements
            rows={rows}
            onOpen={(id) => setOpen(files.findIndex(({ source }) => source.id === id))}
            onTakeBack={(item) => cancel([item.id])}
          />
        )}
      </Part>
      <Part title="Products" aside="" rows={products.data?.products} none={noProducts(products.data)} problem={products.error} onRetry={() => void products.refetch()}>
        {(rows) => <Products rows={rows} access={products.data?.access} />}
      </Part>
      <FileViewer files={files} at={open} onMove={setOpen} onClose={() => setOpen(null)} />
      <AddDialog
        opened={adding}
        clientId={clientId}
        online={online}
        permitted={permitted}
        onClose={() => setAdding(false)}
        onQueued={(item) => offer(`“${item.detail}” waits in the outbox.${permitted ? "" : " Letters wait until the portal has it."}`, [item])}
      />
    </div>
  );
}

/** Whether letters may be written, in words. */
function permission(data: ClientAgreements | undefined): string {
  const waits = data?.agreements.some(({ pending, signedAt }) => pending !== null && signedAt !== null) === true;
  switch (data?.permission) {
    case "signed":
      return "Letters are permitted.";
    case "cancellable":
      return "Letters wait until the first signed agreement can no longer be cancelled.";
    case "unsigned":
      return waits ? "Letters wait until the portal has the agreement that is in the outbox." : "No letters before one is signed.";
    case "unknown":
    case undefined:
      return "";
  }
}

const NO_AGREEMENTS: Nothing = {
  icon: "file",
  title: "No agreements",
  text: "No letters before one is signed. Record one that the client signed elsewhere; what is signed in the portal comes with the next sync.",
};

function noProducts(data: ClientProducts | undefined): Nothing {
  return nothingOf("products", data?.access ?? "unread", { icon: "file", title: "No products", text: "The portal has none of this client." });
}

interface PartProps<T> {
  title: string;
  aside: string;
  /** What can be done. */
  tool?: ReactNode;
  rows: readonly T[] | undefined;
  none: Nothing | undefined;
  problem: Problem | null;
  onRetry: () => void;
  children: (rows: readonly T[]) => ReactNode;
}

/** One of the two lists: loading, a problem, nothing, or its rows. */
function Part<T>({ title, aside, tool, rows, none, problem, onRetry, children }: PartProps<T>) {
  return (
    <section className={classes["part"]} aria-label={title}>
      <div className={classes["head"]}>
        <h2>{title}</h2>
        <span className={classes["aside"]}>{aside}</span>
        {tool ? <span className={classes["tool"]}>{tool}</span> : null}
      </div>
      {rows === undefined || (rows.length === 0 && !none) ? (
        problem ? (
          <div className={classes["problem"]}>
            <ProblemNotice problem={problem} onRetry={problem.code === "forbidden" ? undefined : onRetry} />
          </div>
        ) : (
          <div className={classes["ghosts"]} aria-busy="true" data-testid="agreements-loading">
            <Skeleton height={32} />
            <Skeleton height={32} />
          </div>
        )
      ) : rows.length === 0 && none ? (
        <EmptyState icon={none.icon} title={none.title}>
          <p>{none.text}</p>
        </EmptyState>
      ) : (
        children(rows)
      )}
    </section>
  );
}

interface AgreementActions {
  onOpen: (file: string) => void;
  onTakeBack: (item: OutboxItem) => void;
}

function Agreements({ rows, ...actions }: AgreementActions & { rows: readonly AgreementCard[] }) {
  return (
    <table className={classes["table"]}>
      <thead>
        <tr>
          <th>Agreement</th>
          <th data-column="kind">Type</th>
          <th data-column="state">State</th>
          <th data-column="day">Signed</th>
          <th data-column="day">Recorded</th>
          <th data-column="file">File</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((agreement) => (
          <AgreementLine key={agreementKey(agreement)} agreement={agreement} {...actions} />
        ))}
      </tbody>
    </table>
  );
}

function AgreementLine({ agreement, onOpen, onTakeBack }: AgreementActions & { agreement: AgreementCard }) {
  const { kind, signedAt, createdAt, file, pending } = agreement;
  const { tone, text, note } = standing(agreement);
  return (
    <tr tabIndex={-1} data-record data-testid="agreement-row" data-state={agreement.state}>
      <td className={classes["name"]}>{agreementName(agreement)}</td>
      <td>{words(kind) || <Unknown />}</td>
      <td>
        {pending ? (
          <span className={classes["waiting"]}>
            <OutboxMark item={pending} />
            {canTakeBack(pending) ? (
              <Hint shortcut="recordTakeBack">
                <Button size="compact-xs" variant="subtle" onClick={() => onTakeBack(pending)} data-action="takeback" data-testid="take-back">
                  Do not record
                </Button>
              </Hint>
            ) : null}
          </span>
        ) : (
          <>
            <Tag tone={tone}>{text}</Tag> {note ? <span className={classes["note"]}>{note}</span> : null}
          </>
        )}
      </td>
      <td className="figures">{signedAt ? instantDay(signedAt) : "Not signed"}</td>
      <td className="figures">{pending ? <span className={classes["note"]}>Not yet</span> : createdAt ? instantDay(createdAt) : <Unknown />}</td>
      <td>
        {file ? (
          <Hint shortcut="recordOpen" label={file.here ? "Open" : "Open: fetched from the portal once"}>
            <UnstyledButton className={classes["file"]} onClick={() => onOpen(file.id)} data-action="open">
              <Icon name="clip" size={14} />
              <span>{[file.caption || "File", file.extension.toUpperCase()].filter(Boolean).join(", ")}</span>
            </UnstyledButton>
          </Hint>
        ) : (
          <span className={classes["note"]}>{pending ? "Not in the portal yet" : "None in the portal"}</span>
        )}
      </td>
    </tr>
  );
}

function Products({ rows, access }: { rows: readonly ProductRow[]; access: ClientProducts["access"] | undefined }) {
  return (
    <>
      {access === "forbidden" ? <p className={classes["old"]}>Your account may no longer read products; these are as they were when it could.</p> : null}
      <table className={classes["table"]}>
        <thead>
          <tr>
            <th>Product</th>
            <th data-column="kind">Type</th>
            <th data-column="money">First fee</th>
            <th data-column="money">Each month</th>
            <th data-column="day">Since</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((product) => (
            <tr key={product.id} tabIndex={-1} data-record data-testid="product-row">
              <td className={classes["name"]}>
                {productName(product)} {product.name && product.code ? <span className={classes["note"]}>{product.code}</span> : null}
              </td>
              <td>{words(product.kind) || <Unknown />}</td>
              <td className="figures" data-column="money">
                {product.initialFee ?? <Unknown />}
              </td>
              <td className="figures" data-column="money">
                {product.chargedMonthly ?? <Unknown />}
              </td>
              <td className="figures">{product.since ? instantDay(product.since) : <Unknown />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
