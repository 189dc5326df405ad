import { ActionIcon, Checkbox } from "@mantine/core";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import type { ItemRow } from "../../host/bindings";
import { type AddresseeDraft, type DraftChange, itemsForAddressee } from "../../lib/dispute-draft";
import { addressLine, plural } from "../../lib/format";
import classes from "./letter-desk.module.css";

interface AddresseeCardProps {
  addressee: AddresseeDraft;
  chosen: readonly ItemRow[];
  onChange: (change: DraftChange) => void;
}

/** A recipient at a typed address. It gets all chosen items, unless some are left out. */
export function AddresseeCard({ addressee, chosen, onChange }: AddresseeCardProps) {
  const { id, name, fax, address } = addressee;
  const own = itemsForAddressee(addressee, chosen);
  const include = (itemId: string, included: boolean) => {
    const itemIds = chosen.map((item) => item.id).filter((one) => (one === itemId ? included : own.some((item) => item.id === one)));
    onChange({ type: "addressee-items", id, itemIds: itemIds.length === chosen.length ? null : itemIds });
  };

  return (
    <div className={classes["furnisher"]} data-testid="addressee">
      <div className={classes["furnisherHead"]}>
        <span className={classes["party"]}>
          <span className={classes["partyName"]}>{name}</span>
          <span className={classes["address"]} title={addressLine(address)}>
            {addressLine(address)}
            {fax ? `, fax ${fax}` : ""}
          </span>
        </span>
        <span className={classes["reports"]} data-none={own.length === 0}>
          {plural(own.length, "item")}
        </span>
        <Hint shortcut="leaveOut" label={`Take ${name} off`}>
          <ActionIcon size={22} aria-label={`Take ${name} off`} onClick={() => onChange({ type: "addressee-remove", id })}>
            <Icon name="cross" size={12} />
          </ActionIcon>
        </Hint>
      </div>
      {chosen.length > 1 ? (
        <fieldset className={classes["choose"]}>
          <legend>Which items go into its letter?</legend>
          {chosen.map((item) => (
            <Checkbox
              key={item.id}
              checked={own.includes(item)}
              label={item.accountName}
              onChange={(event) => include(item.id, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
