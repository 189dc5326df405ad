import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import type { ItemRow, PostalLines } from "../../host/bindings";
import {
  type DraftChange,
  type FurnisherDraft,
  NO_ADDRESS,
  addressState,
  itemsForFurnisher,
} from "../../lib/dispute-draft";
import { plural } from "../../lib/format";
import classes from "./letter-desk.module.css";

interface FurnisherCardProps {
  furnisher: FurnisherDraft;
  chosen: readonly ItemRow[];
  onChange: (change: DraftChange) => void;
}

/** A furnisher that gets a letter. The server keeps no address for it, so one can be typed; it is remembered here. */
export function FurnisherCard({ furnisher, chosen, onChange }: FurnisherCardProps) {
  const { id, name, fax, address } = furnisher;
  const state = addressState(address);
  const [typing, setTyping] = useState(state !== "none");
  const own = itemsForFurnisher(furnisher, chosen);
  const named = chosen.some(({ furnisherId }) => furnisherId === id);

  const part = (key: keyof PostalLines) => ({
    value: address[key],
    size: "xs" as const,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ type: "furnisher-address", id, address: { ...address, [key]: event.currentTarget.value } }),
  });

  return (
    <div className={classes["furnisher"]} data-testid="furnisher" data-furnisher-id={id}>
      <div className={classes["furnisherHead"]}>
        <span className={classes["party"]}>
          <span className={classes["partyName"]}>{name}</span>
          <span className={classes["address"]}>
            {fax ? `Fax ${fax}` : "No fax number"}. No guaranteed duty to investigate.
          </span>
        </span>
        <span className={classes["reports"]} data-none={own.length === 0}>
          {plural(own.length, "item")}
        </span>
        <Hint shortcut="leaveOut" label={`Take ${name} off`}>
          <ActionIcon
            size={22}
            aria-label={`Take ${name} off`}
            onClick={() => onChange({ type: "furnisher-remove", id })}
          >
            <Icon name="cross" size={12} />
          </ActionIcon>
        </Hint>
      </div>

      {!named && chosen.length > 0 ? (
        <fieldset className={classes["choose"]}>
          <legend>No chosen item carries its name. Which go into its letter?</legend>
          {chosen.map((item) => {
            const included = furnisher.itemIds?.includes(item.id) ?? false;
            return (
              <Checkbox
                key={item.id}
                checked={included}
                label={item.accountName}
                onChange={() =>
                  onChange({
                    type: "furnisher-items",
                    id,
                    itemIds: included
                      ? (furnisher.itemIds ?? []).filter((one) => one !== item.id)
                      : [...(furnisher.itemIds ?? []), item.id],
                  })
                }
              />
            );
          })}
        </fieldset>
      ) : null}

      {typing ? (
        <div className={classes["addressForm"]}>
          <TextInput {...part("street")} label="Street or P.O. box" autoFocus={state === "none"} autoComplete="off" />
          <div className={classes["cityForm"]}>
            <TextInput {...part("city")} label="City" autoComplete="off" />
            <TextInput {...part("state")} label="State" maxLength={2} autoComplete="off" />
            <TextInput {...part("zip")} label="ZIP" maxLength={10} autoComplete="off" />
          </div>
          <div>
            <Hint shortcut="furnisherAddress" label="No address, for fax">
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => {
                  setTyping(false);
                  onChange({ type: "furnisher-address", id, address: NO_ADDRESS });
                }}
              >
                No address, for fax
              </Button>
            </Hint>
          </div>
        </div>
      ) : (
        <div className={classes["faxOnly"]}>
          <span>Without an address this letter can only be faxed.</span>
          <Hint shortcut="furnisherAddress">
            <Button size="compact-xs" variant="subtle" onClick={() => setTyping(true)} data-testid="furnisher-address">
              Add an address
            </Button>
          </Hint>
        </div>
      )}
    </div>
  );
}
