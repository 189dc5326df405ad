import { Skeleton, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { EmptyState } from "../../components/empty-state";
import { FileViewer } from "../../components/file-viewer";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { type Nothing, nothingOf } from "../../components/record-access";
import { ProblemNotice } from "../../components/problem-notice";
import { useRecordKeys } from "../../components/record-keys";
import { Tag } from "../../components/tag";
import { useNothing } from "../../components/use-nothing";
import { Unknown } from "../../components/unknown";
import type { AgreementCard, ClientAgreements, ClientProducts, Problem, ProductRow } from "../../host/bindings";
import { instantDay, words } from "../../lib/format";
import classes from "./agreements.module.css";
import { agreementFile, agreementName, productName, standing, useAgreements, useProducts } from "./agreements";

interface AgreementsViewProps {
  clientId: string;
  online: boolean | null;
}

/** What a client signed and bought. It is read here, and changed in the portal. */
export function AgreementsView({ clientId, online }: AgreementsViewProps) {
  const agreements = useAgreements(clientId);
  const products = useProducts(clientId);
  const noAgreements = useNothing("agreements", clientId, agreements.data?.agreements.length === 0, NO_AGREEMENTS);
  useRecordKeys({});
  const [open, setOpen] = useState<number | null>(null);
  const files = (agreements.data?.agreements ?? []).flatMap((agreement) => agreementFile(agreement) ?? []);
  return (
    <div className={classes["view"]}>
      {online === false ? (
        <p className={classes["offline"]} role="status" data-testid="records-offline">
          Offline: this is as it was at the last sync.
        </p>
      ) : null}
      <Part title="Agreements" aside={permission(agreements.data)} rows={agreements.data?.agreements} none={noAgreements} problem={agreements.error} onRetry={() => void agreements.refetch()}>
        {(rows) => <Agreements rows={rows} onOpen={(id) => setOpen(files.findIndex(({ source }) => source.id === id))} />}
      </Part>
      <Part title="Products" aside="" rows={products.data?.products} none={noProducts(products.data)} problem={products.error} onRetry={() => void products.refetch()}>
        {(rows) => <Products rows={rows} access={products.data?.access} />}
      </Part>
      <FileViewer files={files} at={open} onMove={setOpen} onClose={() => setOpen(null)} />
    </div>
  );
}

/** Whether letters may be written, in words. */
function permission(data: ClientAgreements | undefined): string {
  switch (data?.permission) {
    case "signed":
      return "Letters are permitted.";
    case "cancellable":
      return "Letters wait until the first signed agreement can no longer be cancelled.";
    case "unsigned":
      return "No letters before one is signed.";
    case "unknown":
    case undefined:
      return "";
  }
}

const NO_AGREEMENTS: Nothing = {
  icon: "file",
  title: "No agreements",
  text: "No letters before one is signed. Once it is recorded in the portal, it comes with the next sync.",
};

function noProducts(data: ClientProducts | undefined): Nothing {
  return nothingOf("products", data?.access ?? "unread", { icon: "file", title: "No products", text: "The portal has none of this client." });
}

interface PartProps<T> {
  title: string;
  aside: string;
  rows: readonly T[] | undefined;
  none: Nothing | undefined;
  problem: Problem | null;
  onRetry: () => void;
  children: (rows: readonly T[]) => ReactNode;
}

/** One of the two lists: loading, a problem, nothing, or its rows. */
function Part<T>({ title, aside, rows, none, problem, onRetry, children }: PartProps<T>) {
  return (
    <section className={classes["part"]} aria-label={title}>
      <div className={classes["head"]}>
        <h2>{title}</h2>
        <span className={classes["aside"]}>{aside}</span>
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

function Agreements({ rows, onOpen }: { rows: readonly AgreementCard[]; onOpen: (file: string) => void }) {
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
          <AgreementLine key={agreement.id} agreement={agreement} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function AgreementLine({ agreement, onOpen }: { agreement: AgreementCard; onOpen: (file: string) => void }) {
  const { kind, signedAt, createdAt, file } = agreement;
  const { tone, text, note } = standing(agreement);
  return (
    <tr tabIndex={-1} data-record data-testid="agreement-row" data-state={agreement.state}>
      <td className={classes["name"]}>{agreementName(agreement)}</td>
      <td>{words(kind) || <Unknown />}</td>
      <td>
        <Tag tone={tone}>{text}</Tag> {note ? <span className={classes["note"]}>{note}</span> : null}
      </td>
      <td className="figures">{signedAt ? instantDay(signedAt) : "Not signed"}</td>
      <td className="figures">{createdAt ? instantDay(createdAt) : <Unknown />}</td>
      <td>
        {file ? (
          <Hint shortcut="recordOpen" label={file.here ? "Open" : "Open: fetched from the portal once"}>
            <UnstyledButton className={classes["file"]} onClick={() => onOpen(file.id)} data-action="open">
              <Icon name="clip" size={14} />
              <span>{[file.caption || "File", file.extension.toUpperCase()].filter(Boolean).join(", ")}</span>
            </UnstyledButton>
          </Hint>
        ) : (
          <span className={classes["note"]}>None in the portal</span>
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
