import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { showDoneAt, useProblemToast } from "../../components/toast";
import type { AsideRescued, AsideRow, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { ASIDES_KEY, useAsides } from "../../lib/asides";
import { instant, plural } from "../../lib/format";
import { useRefreshRecords } from "../../lib/use-take-back";
import classes from "./settings.module.css";

/** What was not sent of files that were set aside, and the way to bring it into the outbox. */
export function Asides({ onOpenOutbox }: { onOpenOutbox: () => void }) {
  const { data: asides, error, refetch, isFetching } = useAsides();
  const queries = useQueryClient();
  const refresh = useRefreshRecords();
  const host = useHost();
  const report = useProblemToast();
  const rescue = useMutation<AsideRescued, Problem, string>({
    mutationFn: (id) => host.call("aside_rescue", { id }),
    onSettled: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: ASIDES_KEY }), refresh()]);
    },
  });
  const bring = (id: string) => {
    if (!rescue.isPending) {
      rescue.mutate(id, {
        onError: report,
        onSuccess: ({ brought, unreadable }) => {
          const lost = unreadable > 0 ? ` ${plural(unreadable, "row")} could not be read.` : "";
          showDoneAt(`${plural(brought.length, "row waits", "rows wait")} for you in the outbox.${lost}`, { label: "Open the outbox", go: onOpenOutbox });
        },
      });
    }
  };

  if (error && !asides) {
    return <ProblemNotice problem={error} onRetry={() => void refetch()} retrying={isFetching} />;
  }
  return asides && asides.length > 0 ? (
    <div className={classes["asides"]}>
      {asides.map((aside) => (
        <Aside key={aside.id} aside={aside} pending={rescue.isPending && rescue.variables === aside.id} onBring={() => bring(aside.id)} />
      ))}
    </div>
  ) : null;
}

function Aside({ aside, pending, onBring }: { aside: AsideRow; pending: boolean; onBring: () => void }) {
  const { at, unsent, unreadable, lostChanges, problem } = aside;
  const files = `files that were set aside on ${instant(at)}`;
  if (problem) {
    return (
      <Notice kind="info" title={`Nothing can be brought from ${files}`} testId="aside">
        <p>{problem.message}</p>
      </Notice>
    );
  }
  if (unsent + unreadable === 0) {
    return null;
  }
  return (
    <Notice kind="caution" title={unsent > 0 ? `${plural(unsent, "unsent row is", "unsent rows are")} in ${files}` : `${plural(unreadable, "row", "rows")} cannot be read in ${files}`} testId="aside">
      {unsent > 0 ? (
        <p>
          Bring {unsent === 1 ? "it" : "them"} into the outbox and look: nothing of {unsent === 1 ? "it" : "them"} goes before you say so.
          {lostChanges ? " The last changes of these files are lost, so that what seems to wait may have been sent: you decide for each row." : ""}
          {unreadable > 0 ? ` ${plural(unreadable, "further row", "further rows")} cannot be read.` : ""}
        </p>
      ) : (
        <p>The rest was sent or brought here. What cannot be read may be something that was not sent; the files are kept.</p>
      )}
      {unsent > 0 ? (
        <Notice.Actions>
          <Hint shortcut="asideBring">
            <Button size="xs" variant="default" leftSection={<Icon name="outbox" />} loading={pending} onClick={onBring} data-testid="aside-bring">
              Bring into the outbox
            </Button>
          </Hint>
        </Notice.Actions>
      ) : null}
    </Notice>
  );
}
