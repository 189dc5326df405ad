import { Button, Skeleton, UnstyledButton } from "@mantine/core";
import { Icon } from "../../components/icon";
import { Hint, KeyCombination } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { ItemRow } from "../../host/bindings";
import { BUREAUS } from "../../lib/bureaus";
import { type DisputeDraft, type DraftChange, itemsForBureau } from "../../lib/dispute-draft";
import { addressLine, plural } from "../../lib/format";
import { AddresseeCard } from "./addressee-card";
import { AddresseeDialog } from "./addressee-dialog";
import { FurnisherCard } from "./furnisher-card";
import { FurnisherPicker } from "./furnisher-picker";
import classes from "./letter-desk.module.css";
import { useBureauAddresses, useFurnishersNamed } from "./library";

/** Which dialog to choose a recipient from is open. */
export type Picking = "furnisher" | "addressee" | null;

interface RecipientsProps {
  draft: DisputeDraft;
  chosen: readonly ItemRow[];
  onChange: (change: DraftChange) => void;
  picking: Picking;
  onPicking: (picking: Picking) => void;
}

const SHORTCUT = { equifax: "bureau1", experian: "bureau2", transunion: "bureau3" } as const;

/** Who gets a letter. Bureaus by one key each; furnishers suggested by the chosen items, or searched; anyone by address. */
export function Recipients({ draft, chosen, onChange, picking, onPicking }: RecipientsProps) {
  const { data: addresses, error, isPending, refetch } = useBureauAddresses();
  const suggested = useFurnishersNamed(namedBy(chosen)).filter(({ id }) =>
    draft.furnishers.every((furnisher) => furnisher.id !== id),
  );

  return (
    <section aria-labelledby="desk-recipients">
      <div className={classes["heading"]}>
        <h2 id="desk-recipients">Recipients</h2>
      </div>
      {error ? <ProblemNotice problem={error} onRetry={() => void refetch()} /> : null}
      <div className={classes["bureaus"]}>
        {BUREAUS.map(({ code, name, digit }) => {
          const address = addresses?.find(({ bureau }) => bureau === code);
          const reports = itemsForBureau(code, chosen).length;
          const on = draft.bureaus.has(code);
          return (
            <Hint key={code} shortcut={SHORTCUT[code]}>
              <UnstyledButton
                className={classes["recipient"]}
                role="checkbox"
                aria-checked={on}
                onClick={() => onChange({ type: "bureau", bureau: code })}
                data-testid={`bureau-${code}`}
              >
                <span className={classes["box"]}>{on ? <Icon name="check" size={12} /> : null}</span>
                <span className={classes["party"]}>
                  <span className={classes["partyName"]}>
                    {name} <KeyCombination keys={String(digit)} />
                  </span>
                  {address ? (
                    <span className={classes["address"]} title={`${address.title}, ${addressLine(address.address)}`}>
                      {addressLine(address.address)}
                    </span>
                  ) : isPending ? (
                    <Skeleton height={8} width="80%" my={5} />
                  ) : (
                    <span className={classes["address"]} data-bad>
                      No default address. Set one in the portal, then sync.
                    </span>
                  )}
                </span>
                <span className={classes["reports"]} data-none={reports === 0}>
                  {chosen.length > 0 ? plural(reports, "item") : ""}
                </span>
              </UnstyledButton>
            </Hint>
          );
        })}
      </div>
      {draft.furnishers.map((furnisher) => (
        <FurnisherCard key={furnisher.id} furnisher={furnisher} chosen={chosen} onChange={onChange} />
      ))}
      {draft.addressees.map((addressee) => (
        <AddresseeCard key={addressee.id} addressee={addressee} chosen={chosen} onChange={onChange} />
      ))}
      <div className={classes["add"]}>
        {suggested.map((furnisher) => (
          <Hint key={furnisher.id} shortcut="furnisherNamed" label={`Add ${furnisher.name}`}>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<Icon name="plus" size={12} />}
              onClick={() => onChange({ type: "furnisher-add", furnisher })}
              data-testid="furnisher-suggestion"
            >
              {furnisher.name}
            </Button>
          </Hint>
        ))}
        <Hint shortcut="furnisher">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="search" size={12} />}
            onClick={() => onPicking("furnisher")}
            data-testid="furnisher-add"
          >
            {suggested.length > 0 ? "Another furnisher" : "Add a furnisher"}
          </Button>
        </Hint>
        <Hint shortcut="addressee">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Icon name="plus" size={12} />}
            onClick={() => onPicking("addressee")}
            data-testid="addressee-add"
          >
            Another address
          </Button>
        </Hint>
      </div>
      <FurnisherPicker
        opened={picking === "furnisher"}
        onClose={() => onPicking(null)}
        onPick={(furnisher) => {
          onPicking(null);
          onChange({ type: "furnisher-add", furnisher });
        }}
      />
      <AddresseeDialog
        opened={picking === "addressee"}
        onClose={() => onPicking(null)}
        onKept={(addressee) => {
          onPicking(null);
          onChange({ type: "addressee-add", addressee });
        }}
        onForgotten={(id) => onChange({ type: "addressee-remove", id })}
      />
    </section>
  );
}

/** Each furnisher that a chosen item names, once. */
function namedBy(chosen: readonly ItemRow[]): { id: string; name: string }[] {
  const named = new Map<string, string>();
  for (const { furnisherId, accountName } of chosen) {
    if (furnisherId !== null && !named.has(furnisherId)) {
      named.set(furnisherId, accountName);
    }
  }
  return [...named].map(([id, name]) => ({ id, name }));
}
