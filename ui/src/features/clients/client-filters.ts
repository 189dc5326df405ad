import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ClientFilterChoices, ClientFilterSave, SavedClientFilter, SegmentRead } from "../../host/bindings";
import { useHost } from "../../host/host-context";

const SAVED_KEY = ["clients", "filters"] as const;

/** States, products and segments that there are. */
export function useFilterChoices(): UseQueryResult<ClientFilterChoices> {
  const host = useHost();
  return useQuery({ queryKey: ["clients", "filter-choices"], queryFn: () => host.call("client_filter_choices", {}) });
}

/** Filters that are kept by a name. */
export function useSavedFilters(): UseQueryResult<SavedClientFilter[]> {
  const host = useHost();
  return useQuery({ queryKey: SAVED_KEY, queryFn: () => host.call("client_filter_list", {}) });
}

export function useSaveFilter() {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (save: ClientFilterSave) => host.call("client_filter_save", save),
    onSuccess: () => queries.invalidateQueries({ queryKey: SAVED_KEY }),
  });
}

export function useRemoveFilter() {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => host.call("client_filter_remove", { id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: SAVED_KEY }),
  });
}

/** A segment that is looked at again after this long is read again, in milliseconds. */
const LOOK_AGAIN = 120_000;

/** Has the desk read who is in a segment of the portal while it narrows the list; an event tells what came. */
export function useSegment(id: string | null): UseQueryResult<SegmentRead> {
  const host = useHost();
  return useQuery({
    queryKey: ["segment", id],
    queryFn: () => host.call("segment_read", { id: id ?? "" }),
    enabled: id !== null,
    staleTime: LOOK_AGAIN,
  });
}
