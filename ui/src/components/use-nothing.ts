import { useQuery } from "@tanstack/react-query";
import type { RecordKind } from "../host/bindings";
import { useHost } from "../host/host-context";
import { type Nothing, nothingOf } from "./record-access";

/** What agents call each kind, as in "your account may not read ...". */
const NAMES: Record<RecordKind, string> = {
  clients: "clients",
  items: "negative items",
  notes: "notes",
  documents: "documents",
  correspondence: "correspondence",
  agreements: "agreements",
  products: "products",
  templates: "templates",
  reasons: "dispute reasons",
  furnishers: "furnishers",
  bureau_addresses: "addresses of bureaus",
};

/**
 * Why there are none of these; `none` where the portal says that there are none. It is asked once `empty` is so, and
 * `undefined` until it is answered: nothing may be called empty before.
 */
export function useNothing(kind: RecordKind, clientId: string | null, empty: boolean, none: Nothing): Nothing | undefined {
  const host = useHost();
  const { data: access, error } = useQuery({
    queryKey: ["readings", kind, clientId],
    queryFn: () => host.call("reading_get", { kind, clientId }),
    enabled: empty,
  });
  if (error) {
    return none;
  }
  return access && nothingOf(NAMES[kind], access, none);
}

/** The same in one sentence, where there is room for no more. */
export function useNothingSaid(kind: RecordKind, empty: boolean, none: string): string {
  const nothing = useNothing(kind, null, empty, { icon: "file", title: none, text: "" });
  return nothing ? [nothing.title, nothing.text].filter(Boolean).join(nothing.title.endsWith(".") ? " " : ". ") : "";
}
