import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { OutboxItem } from "../host/bindings";
import { useHost } from "../host/host-context";

/** What is to be sent, in the order in which it goes: more than one feature must know. */
export function useUnsentRows(): UseQueryResult<OutboxItem[]> {
  const host = useHost();
  return useQuery({ queryKey: ["outbox", "unsent"], queryFn: () => host.call("outbox_list", { clientId: null, over: false }) });
}
