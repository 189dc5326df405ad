import { Modal, Skeleton } from "@mantine/core";
import { ProblemNotice } from "../../components/problem-notice";
import { Notice } from "../../components/notice";
import { date, instant, words } from "../../lib/format";
import { reviewBy } from "../../lib/outcomes";
import classes from "./letter-why.module.css";
import { useWhy } from "./letters";

/** What a letter was made from, so that nobody has to guess later. */
export function LetterWhy({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Modal opened={id !== null} onClose={onClose} title="Why does it say that?" size={640} data-testid="why-dialog">
      {id ? <Why id={id} /> : null}
    </Modal>
  );
}

function Why({ id }: { id: string }) {
  const { data: why, error, refetch } = useWhy(id);
  if (error) {
    return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  }
  if (!why) {
    return <Skeleton height={280} />;
  }
  return (
    <div className={classes["why"]}>
      {why.unsignedOverride === null ? null : (
        <Notice kind="caution" title="Prepared without a signed agreement">
          <p>{why.unsignedOverride}</p>
        </Notice>
      )}
      <table className={classes["items"]}>
        <caption>Each account and the reason the agent picked for it</caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {why.items.map(([account, reason], index) => (
            // oxlint-disable-next-line react/no-array-index-key -- one account may appear twice, and the list never changes
            <tr key={`${index}-${account}`}>
              <td>{account}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {why.overrides.map((override) => (
        <Notice key={`${override.title} ${override.at}`} kind="caution" title={`Overridden: ${override.title}`} testId="why-override">
          <p>
            By {override.by} on {instant(override.at)}: {override.reason}
          </p>
        </Notice>
      ))}
      <dl className={classes["facts"]}>
        <Fact
          name="Client review"
          value={why.review ? `${words(reviewBy(why.review.channel))} on ${date(why.review.on)}, recorded by ${why.review.by}` : "Not recorded"}
        />
        <Fact name="Template" value={why.templateName} />
        {why.enclosures.length > 0 ? <Fact name="Enclosed" value={why.enclosures.map(([name]) => name).join(", ")} /> : null}
        <Fact name="Prepared by" value={why.author} />
        {why.reworded ? <Fact name="Text" value={`Changed by hand by ${why.reworded.by} on ${instant(why.reworded.at)}`} /> : null}
        <Fact
          name="Let go"
          value={why.releases.length === 0 ? "Not yet" : why.releases.map(({ fax, at, by }) => `${fax ? "To be faxed" : "To be printed"} by ${by} on ${instant(at)}`).join("; ")}
        />
        <Fact name="Layout engine" value={why.engine} />
        <Fact name="Faces" value={why.fonts.join(", ")} />
        <Fact name="Seed of its wording" value={why.seed} code />
        <Fact name="Template, SHA-256" value={why.templateHash} code />
        <Fact name="Client data, SHA-256" value={why.dataHash} code />
        <Fact name="PDF, SHA-256" value={why.pdfHash} code />
      </dl>
      <p className={classes["note"]}>
        The same template, data and seed give the same PDF, byte for byte. A hash that differs tells that one of them
        changed.
      </p>
    </div>
  );
}

function Fact({ name, value, code = false }: { name: string; value: string; code?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd data-code={code}>{value}</dd>
    </>
  );
}
