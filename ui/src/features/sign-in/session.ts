import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Commands, Problem, Session } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import { replaceData } from "../../lib/desk-query";

export const SESSION_KEY = ["session"] as const;

/** Commands that answer the session as it then stands. */
type SessionCommand = {
  [N in keyof Commands]: Commands[N]["give"] extends Session ? (Session extends Commands[N]["give"] ? N : never) : never;
}[keyof Commands];

export function useSession(): UseQueryResult<Session> {
  const host = useHost();
  return useQuery({ queryKey: SESSION_KEY, queryFn: () => host.call("session_get", {}) });
}

export function useSessionCommand<N extends SessionCommand>(
  name: N,
): UseMutationResult<Session, Problem, Commands[N]["take"]> {
  const host = useHost();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (take: Commands[N]["take"]): Promise<Session> => await host.call(name, take),
    onSuccess: (session) => {
      replaceData(queries, SESSION_KEY, session);
    },
  });
}
