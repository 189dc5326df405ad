import { skipToken, useQuery } from "@tanstack/react-query";
import type { UploadProgress } from "../host/bindings";

export function uploadKey(id: string): readonly ["upload", string] {
  return ["upload", id];
}

/** How much of an outbox row's file has left; nothing before the desk says so. */
export function useUpload(id: string): UploadProgress | undefined {
  return useQuery<UploadProgress>({ queryKey: uploadKey(id), queryFn: skipToken }).data;
}
