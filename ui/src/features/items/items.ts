import { type UseQueryResult, queryOptions, useQuery } from "@tanstack/react-query";
import type { BureauCode, ItemRow, ReasonRow } from "../../host/bindings";
import type { Host } from "../../host/host";
import { useHost } from "../../host/host-context";
import { BUREAUS } from "../../lib/bureaus";

export function itemsOptions(host: Host, clientId: string) {
  return queryOptions({ queryKey: ["items", "of", clientId], queryFn: () => host.call("item_list", { id: clientId }) });
}

export function useItems(clientId: string): UseQueryResult<ItemRow[]> {
  return useQuery(itemsOptions(useHost(), clientId));
}

export function useReasons(): UseQueryResult<ReasonRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["library", "reasons"], queryFn: () => host.call("reason_list", {}) });
}

export type ItemFilter = "all" | "chosen" | "collections" | "charge-offs" | "lates" | "untouched";

export const ITEM_FILTERS: readonly { id: ItemFilter; label: string }[] = [
  { id: "all", label: "All" },
  { id: "chosen", label: "Chosen" },
  { id: "collections", label: "Collections" },
  { id: "charge-offs", label: "Charge-offs" },
  { id: "lates", label: "Late payments" },
  { id: "untouched", label: "In no letter yet" },
];

export function passes(item: ItemRow, filter: ItemFilter, chosen: ReadonlyMap<string, unknown>): boolean {
  switch (filter) {
    case "all":
      return true;
    case "chosen":
      return chosen.has(item.id);
    case "collections":
      return item.collection;
    case "charge-offs":
      return item.chargeOff;
    case "lates":
      return item.lates.some((times) => times > 0);
    case "untouched":
      return item.letters === 0;
  }
}

export interface ItemGroup {
  bureau: BureauCode | null;
  name: string;
  items: ItemRow[];
}

/** Items under the bureau that reports them, in the window's order of bureaus; empty groups are left out. */
export function byBureau(items: readonly ItemRow[]): ItemGroup[] {
  const groups: ItemGroup[] = BUREAUS.map(({ code, name }) => ({
    bureau: code,
    name,
    items: items.filter(({ bureau }) => bureau === code),
  }));
  groups.push({ bureau: null, name: "Bureau not known yet", items: items.filter(({ bureau }) => bureau === null) });
  return groups.filter((group) => group.items.length > 0);
}
