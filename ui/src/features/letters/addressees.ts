import { type UseMutationResult, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AddresseeRow, AddresseeSave, Empty, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";

const KEY = ["library", "addressees"];

/** Recipients beside bureaus and furnishers that this desk keeps, by name. */
export function useAddressees(enabled: boolean): UseQueryResult<AddresseeRow[]> {
  const host = useHost();
  return useQuery({ queryKey: KEY, queryFn: () => host.call("addressee_list", {}), enabled });
}

function useChange<T, R>(change: (take: T) => Promise<R>): UseMutationResult<R, Problem, T> {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export function useKeepAddressee(): UseMutationResult<AddresseeRow, Problem, AddresseeSave> {
  const host = useHost();
  return useChange((take: AddresseeSave) => host.call("addressee_save", take));
}

export function useForgetAddressee(): UseMutationResult<Empty, Problem, string> {
  const host = useHost();
  return useChange((id: string) => host.call("addressee_forget", { id }));
}
