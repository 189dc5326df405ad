import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { AsideRow } from "../host/bindings";
import { useHost } from "../host/host-context";

export const ASIDES_KEY = ["asides"] as const;

/** Caches that were set aside, and what of them was not sent: the day's work and the settings tell of them. */
export function useAsides(): UseQueryResult<AsideRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ASIDES_KEY, queryFn: () => host.call("aside_list", {}) });
}
