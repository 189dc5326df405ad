import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { Tone } from "../../components/tag";
import type { AgreementAdd, AgreementCard, ClientAgreements, ClientProducts, OutboxItem, Problem, ProductRow } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import type { ViewedFile } from "../../lib/files";
import { date, words } from "../../lib/format";
import { useRefreshRecords } from "../../lib/use-take-back";

/** What a client signed: what waits to be recorded first, then newest first. */
export function useAgreements(clientId: string, enabled = true): UseQueryResult<ClientAgreements> {
  const host = useHost();
  return useQuery({ queryKey: ["agreements", "list", clientId], queryFn: () => host.call("agreement_list", { id: clientId }), enabled });
}

/** Kinds of agreements in the portal's words, the commonest first. */
export function useAgreementKinds(): UseQueryResult<string[]> {
  const host = useHost();
  return useQuery({ queryKey: ["agreements", "kinds"], queryFn: () => host.call("agreement_kinds", {}) });
}

export function useAddAgreement(): UseMutationResult<OutboxItem, Problem, AgreementAdd> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (take: AgreementAdd) => host.call("agreement_add", take), onSuccess: refresh });
}

export function agreementKey({ id, pending }: AgreementCard): string {
  return id ?? pending?.id ?? "";
}

/** What a client bought, the first bought first. */
export function useProducts(clientId: string): UseQueryResult<ClientProducts> {
  const host = useHost();
  return useQuery({ queryKey: ["agreements", "products", clientId], queryFn: () => host.call("product_list", { id: clientId }) });
}

/** How an agreement stands. */
export function standing({ state, cancellableUntil }: AgreementCard): { tone: Tone; text: string; note: string } {
  switch (state) {
    case "signed":
      return { tone: "good", text: "Signed", note: "" };
    case "cancellable":
      return { tone: "warn", text: "Can still be cancelled", note: cancellableUntil ? `through ${date(cancellableUntil)}` : "" };
    case "unsigned":
    case "unknown":
      return { tone: "warn", text: "Not signed", note: "" };
  }
}

export function agreementName({ name, kind }: AgreementCard): string {
  return name || words(kind) || "Agreement without a name";
}

/** The agreement's file, where the portal has one. */
export function agreementFile(agreement: AgreementCard): ViewedFile | null {
  const { file } = agreement;
  return file && { source: { kind: "stored", id: file.id }, title: `${agreementName(agreement)}${file.caption ? `: ${file.caption}` : ""}`, extension: file.extension, size: file.size };
}

export function productName({ name, code, kind }: ProductRow): string {
  return name || code || words(kind) || "Product without a name";
}
