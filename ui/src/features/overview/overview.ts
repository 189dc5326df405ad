import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  AttributeGroupKind,
  ClientOverview,
  CustomerPart,
  CustomerView,
  KbaAsk,
  KbaOutcome,
  KbaReply,
  KbaRound,
  Problem,
} from "../../host/bindings";
import { useHost } from "../../host/host-context";

/** A client's attributes, grouped. */
export function useOverview(clientId: string): UseQueryResult<ClientOverview> {
  const host = useHost();
  return useQuery({ queryKey: ["clients", "overview", clientId], queryFn: () => host.call("client_overview", { id: clientId }) });
}

/** What the client sees in the customer portal. It is read when it is looked at, and not kept. */
export function useCustomerView(clientId: string): UseQueryResult<CustomerView> {
  const host = useHost();
  return useQuery({
    queryKey: ["customer-view", clientId],
    queryFn: () => host.call("client_customer_view", { id: clientId }),
    staleTime: 60_000,
    gcTime: 60_000,
  });
}

/** What a bureau asks. Asking begins a new round each time. */
export function useKbaQuestions(): UseMutationResult<KbaRound, Problem, KbaAsk> {
  const host = useHost();
  return useMutation({ mutationFn: (take: KbaAsk) => host.call("kba_questions", take) });
}

/** What a proof changes. */
const PROVEN: ReadonlySet<string> = new Set(["clients", "standing"]);

export function useKbaAnswer(): UseMutationResult<KbaOutcome, Problem, KbaReply> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (take: KbaReply) => host.call("kba_answer", take),
    // A refusal is known of the client from then on, too.
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey }) => PROVEN.has(String(queryKey[0])) }),
  });
}

/** That the portal refused this account to skip; it is remembered as long as the account is signed in. */
export const SKIP_REFUSED_KEY = ["kba-skip-refused"] as const;

interface KbaSkip {
  skip: UseMutationResult<unknown, Problem, KbaAsk>;
  /** The account may not: which permission it would need is documented nowhere, so that only a refusal tells. */
  refused: boolean;
}

export function useKbaSkip(): KbaSkip {
  const host = useHost();
  const queries = useQueryClient();
  const skip = useMutation({
    mutationFn: (take: KbaAsk) => host.call("kba_skip", take),
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => PROVEN.has(String(queryKey[0])) }),
    onError: ({ code }) => {
      if (code === "forbidden") {
        queries.setQueryData(SKIP_REFUSED_KEY, true);
      }
    },
  });
  const { data: refused } = useQuery({ queryKey: SKIP_REFUSED_KEY, queryFn: () => false, gcTime: Number.POSITIVE_INFINITY });
  return { skip, refused: refused === true };
}

export const GROUP_NAMES: Record<AttributeGroupKind, string> = {
  person: "Person",
  contact: "Contact",
  mailing: "Mailing address",
  address: "Other addresses",
  work: "The work",
  other: "Other facts",
};

export const PART_NAMES: Record<CustomerPart, string> = {
  data: "Their data",
  items: "Negative items",
  documents: "Documents",
  agreements: "Agreements",
  products: "Products",
  goals: "Goals",
};
