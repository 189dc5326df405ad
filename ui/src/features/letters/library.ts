import { type UseQueryResult, keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { BureauAddressRow, DocumentCard, FurnisherRow, TemplateRow } from "../../host/bindings";
import { useHost } from "../../host/host-context";

export function useBureauAddresses(): UseQueryResult<BureauAddressRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["library", "bureau-addresses"], queryFn: () => host.call("bureau_address_list", {}) });
}

export function useTemplates(enabled = true): UseQueryResult<TemplateRow[]> {
  const host = useHost();
  return useQuery({ queryKey: ["library", "templates"], queryFn: () => host.call("template_list", {}), enabled });
}

/** What a letter can enclose: PDFs and pictures that are filed with the client, identification first, newest first. */
export function useEnclosable(clientId: string): UseQueryResult<DocumentCard[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["documents", clientId],
    queryFn: () => host.call("document_list", { id: clientId }),
    select: (documents) =>
      documents
        .filter(({ extension }) => ["pdf", "jpg", "jpeg", "png"].includes(extension.toLowerCase()))
        .toSorted((one, other) => Number(other.kind === "id") - Number(one.kind === "id")),
  });
}

export function useFurnisherSearch(query: string, enabled: boolean): UseQueryResult<FurnisherRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["library", "furnishers", query],
    queryFn: () => host.call("furnisher_search", { query, limit: 50 }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** The furnishers whose names items carry, found by that name. Those that are not in the cache are left out. */
export function useFurnishersNamed(named: readonly { id: string; name: string }[]): FurnisherRow[] {
  const host = useHost();
  return useQueries({
    queries: named.map(({ id, name }) => ({
      queryKey: ["library", "furnisher", id],
      queryFn: async () => {
        const found = await host.call("furnisher_search", { query: name, limit: 50 });
        return found.find((furnisher) => furnisher.id === id) ?? null;
      },
    })),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
}
