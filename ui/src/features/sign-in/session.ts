import { type UseMutationResult, type UseQueryResult, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Commands, Problem, Session, SignInOptions } from "../../host/bindings";
import type { CommandName, Host } from "../../host/host";
import { useHost } from "../../host/host-context";
import { replaceData } from "../../lib/desk-query";

export const SESSION_KEY = ["session"] as const;

/** Commands that answer the session as it then stands. */
type SessionCommand = {
  [N in keyof Commands]: Commands[N]["give"] extends Session ? (Session extends Commands[N]["give"] ? N : never) : never;
}[keyof Commands];

export function sessionOptions(host: Host) {
  return queryOptions({ queryKey: SESSION_KEY, queryFn: () => host.call("session_get", {}) });
}

export function useSession(): UseQueryResult<Session> {
  return useQuery(sessionOptions(useHost()));
}

/** What the deployment set for signing in. It is the same as long as the desk runs. */
export function useSignInOptions(): UseQueryResult<SignInOptions> {
  const host = useHost();
  return useQuery({ queryKey: [...SESSION_KEY, "options"], queryFn: () => host.call("session_options", {}) });
}

/** A command whose answer is only for whoever asked. */
export function useCommand<N extends CommandName>(
  name: N,
): UseMutationResult<Commands[N]["give"], Problem, Commands[N]["take"]> {
  const host = useHost();
  return useMutation({ mutationFn: (take: Commands[N]["take"]) => host.call(name, take) });
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
