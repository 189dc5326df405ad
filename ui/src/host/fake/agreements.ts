import type { AgreementCard, ClientAgreements, ClientCard, ProductRow } from "../bindings";

/** Kinds that a made-up portal has, the commonest first. */
export const AGREEMENT_KINDS = ["service", "third_party_authorization", "monitoring"] as const;

/** What a made-up client signed: as much as the card says; the one with records has one of each state. */
export function agreementsOf({ row, agreements }: ClientCard): ClientAgreements {
  const cards = agreements.map(
    ({ name, signedAt }, index): AgreementCard => ({
      id: String(index + 1),
      name,
      kind: "service",
      state: row.agreement === "cancellable" ? "cancellable" : "signed",
      signedAt,
      cancellableUntil: "2024-02-15",
      createdAt: signedAt,
      file: { id: "7690", caption: "Signed agreement", extension: "pdf", size: 48_213, here: false },
      pending: null,
    }),
  );
  const fresh: AgreementCard[] = [
    { id: "12", name: "Monitoring terms", kind: "monitoring", state: "cancellable", signedAt: "2024-03-13T18:00:00Z", cancellableUntil: "2024-03-18", createdAt: "2024-03-13T18:00:00Z", file: null, pending: null },
    { id: "11", name: "", kind: "third_party_authorization", state: "unsigned", signedAt: null, cancellableUntil: null, createdAt: "2024-03-01T15:00:00Z", file: null, pending: null },
  ];
  return { agreements: row.id === "1030" ? [...fresh, ...cards] : cards, permission: row.agreement };
}

/** What a made-up client bought; every fifth bought nothing. */
export function productsOf(index: number): ProductRow[] {
  const products: ProductRow[] = [
    { id: "1", name: "Credit repair, complete", code: "CR-COMPLETE", kind: "credit_repair", initialFee: "$149.00", chargedMonthly: "$119.95", since: "2024-02-12T15:30:00Z" },
    { id: "2", name: "Identity watch", code: "ID-WATCH", kind: "monitoring", initialFee: "$0.00", chargedMonthly: "$19.95", since: "2024-02-12T15:30:00Z" },
    { id: "3", name: "", code: "COACH", kind: "", initialFee: null, chargedMonthly: null, since: null },
  ];
  return index % 5 === 4 ? [] : index === 30 ? products : products.slice(0, 1);
}
