import { skipToken, useQuery } from "@tanstack/react-query";
import type { FetchProgress } from "../host/bindings";

export function fetchKey(id: string): readonly ["fetch", string] {
  return ["fetch", id];
}

/** How much of a file has come from the portal; nothing before the desk says so. */
export function useFetchProgress(id: string): FetchProgress | null {
  return useQuery<FetchProgress | null>({ queryKey: fetchKey(id), queryFn: skipToken }).data ?? null;
}
