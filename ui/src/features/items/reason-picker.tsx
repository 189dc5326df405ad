import { PickerDialog } from "../../components/picker-dialog";
import { ProblemNotice } from "../../components/problem-notice";
import { useNothingSaid } from "../../components/use-nothing";
import type { ReasonRow } from "../../host/bindings";
import { listed, plural } from "../../lib/format";
import classes from "./reason-picker.module.css";
import { useReasons } from "./items";

interface ReasonPickerProps {
  /** Items that get the reason; `null` while closed. */
  itemIds: readonly string[] | null;
  onPick: (reasonId: string) => void;
  onClose: () => void;
}

/** The company's dispute reasons in the company's order. */
export function ReasonPicker({ itemIds, onPick, onClose }: ReasonPickerProps) {
  const { data: reasons, error, isPending, refetch } = useReasons();
  const none = useNothingSaid("reasons", reasons?.length === 0, "The portal has no dispute reasons.");
  return (
    <PickerDialog
      opened={itemIds !== null}
      onClose={onClose}
      title={`Reason for ${plural(itemIds?.length ?? 0, "item")}`}
      placeholder={`Why is ${itemIds?.length === 1 ? "this item" : `each of these ${itemIds?.length ?? 0} items`} wrong?`}
      options={(reasons ?? []).map((reason) => ({
        id: reason.id,
        label: reason.name,
        detail: detail(reason),
        end: <Codes reason={reason} />,
      }))}
      loading={isPending}
      problem={error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : undefined}
      empty={none || "No reason has these words."}
      onPick={onPick}
      // Not even Enter pressed too soon may choose a reason that nobody looked at.
      preselect={false}
      testId="reason-picker"
    >
      Pick what is true for the client: a bureau may be told nothing misleading.
    </PickerDialog>
  );
}

function detail({ claimCode, creditorTypes }: ReasonRow): string | undefined {
  const meant = creditorTypes.length > 0 ? `For ${listed(creditorTypes)}` : "";
  return [claimCode?.name, meant].filter(Boolean).join(". ") || undefined;
}

function Codes({ reason: { claimCode } }: { reason: ReasonRow }) {
  if (!claimCode) {
    return null;
  }
  const { equifax, experian, transunion } = claimCode;
  return (
    <span
      className={classes["codes"]}
      title={`Claim codes: Equifax ${equifax}, Experian ${experian}, TransUnion ${transunion}`}
    >
      {[equifax, experian, transunion].join(" / ")}
    </span>
  );
}
