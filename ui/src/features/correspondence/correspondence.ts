import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import type { IconName } from "../../components/icon";
import type { Tone } from "../../components/tag";
import type { ChannelCode, ClientFileRef, CorrespondenceRow, FaxRecord, MessageSend, OutboxItem, Problem } from "../../host/bindings";
import { useHost } from "../../host/host-context";
import type { ViewedFile } from "../../lib/files";
import { useRefreshRecords } from "../../lib/use-take-back";

/** A client's correspondence, what waits first, then newest first. */
export function useCorrespondence(clientId: string, enabled = true): UseQueryResult<CorrespondenceRow[]> {
  const host = useHost();
  return useQuery({
    queryKey: ["correspondence", clientId],
    queryFn: () => host.call("correspondence_list", { id: clientId }),
    enabled,
  });
}

export function useSendMessage(): UseMutationResult<OutboxItem, Problem, MessageSend> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (message: MessageSend) => host.call("message_send", message), onSuccess: refresh });
}

export function useRecordFax(): UseMutationResult<OutboxItem, Problem, FaxRecord> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (record: FaxRecord) => host.call("fax_record", record), onSuccess: refresh });
}

/** Ties a piece's file to the client's own record, where it stays when the piece does not. */
export function useKeepFile(): UseMutationResult<OutboxItem, Problem, ClientFileRef> {
  const host = useHost();
  const refresh = useRefreshRecords();
  return useMutation({ mutationFn: (file: ClientFileRef) => host.call("client_file_link", file), onSuccess: refresh });
}

export const CHANNELS: Record<ChannelCode, { one: string; many: string; icon: IconName }> = {
  fax: { one: "Fax", many: "Faxes", icon: "fax" },
  email: { one: "E-mail", many: "E-mails", icon: "mail" },
  sms: { one: "Text message", many: "Text messages", icon: "chat" },
  letter: { one: "Letter", many: "Letters", icon: "letter" },
  other: { one: "Other", many: "Other", icon: "note" },
};

export function pieceKey({ id, letterId, pending }: CorrespondenceRow): string {
  return id ?? pending?.id ?? letterId ?? "";
}

/** The portal's words for how a delivery went, where they are clear; any other is only repeated. */
export function statusTone(status: string): Tone {
  const said = status.toLowerCase();
  if (/fail|undeliver|bounce|reject|error|busy|no.answer/.test(said)) {
    return "bad";
  }
  return /deliver|success|complete/.test(said) ? "good" : "neutral";
}

/** What a piece says at a glance: its subject, else the begin of its text. */
export function gist({ attributes, pending }: CorrespondenceRow): string {
  return attributes["subject"] ?? attributes["body"] ?? attributes["content"] ?? pending?.detail ?? "";
}

/** The files of a piece, to be opened. */
export function pieceFiles({ attachments, channel }: CorrespondenceRow): ViewedFile[] {
  return attachments.map(({ id, caption, extension, size }) => ({
    source: { kind: "stored", id },
    title: caption || `File of a ${CHANNELS[channel].one.toLowerCase()}`,
    extension,
    size,
  }));
}
