import { ActionIcon, Button } from "@mantine/core";
import { Fragment, type ReactNode, useState } from "react";
import { FileViewer } from "../../components/file-viewer";
import { FilterBar } from "../../components/filter-bar";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { OutboxMark, canTakeBack } from "../../components/outbox-mark";
import { useRecordKeys } from "../../components/record-keys";
import { Records } from "../../components/records";
import { Tag } from "../../components/tag";
import { useNothing } from "../../components/use-nothing";
import { useUndo } from "../../components/use-undo";
import type { ChannelCode, ClientCard, CorrespondenceRow, FileLink, ItemRow, OutboxItem } from "../../host/bindings";
import { count, date, instant, plural, words } from "../../lib/format";
import type { ViewedFile } from "../../lib/files";
import { keysOf } from "../../lib/keys-of";
import { useShortcuts } from "../../lib/use-shortcuts";
import { ComposeDialog, type Composing } from "./compose-dialog";
import classes from "./correspondence.module.css";
import { CHANNELS, gist, pieceFiles, pieceKey, statusTone, useCorrespondence, useKeepFile } from "./correspondence";
import { FaxRecordDialog } from "./fax-record-dialog";

interface CorrespondenceViewProps {
  clientId: string;
  /** For whom messages are written; `undefined` while not known. */
  client: ClientCard | undefined;
  items: readonly ItemRow[];
  online: boolean | null;
  /** Where an item, and a letter that was sent from here, are looked at. */
  places: { item: (id: string) => string; letter: (id: string) => string };
  /** Mail that came and was filed: it stands with the documents. */
  received: { count: number; href: string };
  /** Where files that are kept with the client stand. */
  onOpenDocuments: () => void;
  /** Asks for scans of mail that came. */
  onReceive: () => void;
  /** Asks what the scans are, and tells what was queued. */
  renderReceiving: (onQueued: (queued: OutboxItem[]) => void) => ReactNode;
}

const NONE = { icon: "mail", title: "No correspondence yet", text: "Faxes, e-mails, text messages and letters to and for this client appear here." } as const;

/** What was sent to and for a client, what waits to be sent, writing more of it, and filing mail that came. */
export function CorrespondenceView({ clientId, client, items, online, places, received, onOpenDocuments, onReceive, renderReceiving }: CorrespondenceViewProps) {
  const { data: pieces, error, refetch } = useCorrespondence(clientId);
  const none = useNothing("correspondence", clientId, pieces?.length === 0, NONE);
  const [channel, setChannel] = useState<ChannelCode | "all">("all");
  const [composing, setComposing] = useState<Composing | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [files, setFiles] = useState<readonly ViewedFile[]>([]);
  const [at, setAt] = useState<number | null>(null);
  const [recording, setRecording] = useState(false);
  const { offer, undo, cancel, report } = useUndo();
  const keep = useKeepFile();

  useRecordKeys({ onAdd: () => setComposing("email"), onUndo: undo });
  useShortcuts({ recordReceive: onReceive, recordFax: () => setRecording(true), recordText: () => setComposing("sms"), recordLetter: () => setComposing("letter") });

  const all = pieces ?? [];
  const options = [
    { id: "all" as const, label: "All", count: all.length },
    ...keysOf(CHANNELS)
      .map((id) => ({ id, label: CHANNELS[id].many, count: all.filter((piece) => piece.channel === id).length }))
      // What the portal calls otherwise is offered only where there is some.
      .filter((option) => option.id !== "other" || option.count > 0),
  ];
  const shown = pieces?.filter((piece) => channel === "all" || piece.channel === channel);
  const filtered = channel !== "all" && all.length > 0;

  return (
    <>
      <Records
        label="Correspondence"
        online={online}
        records={shown}
        problem={error}
        onRetry={() => void refetch()}
        empty={
          filtered
            ? { icon: CHANNELS[channel].icon, title: "None of this kind", text: "The other kinds are one click to the left." }
            : none
        }
        tools={
          <>
            <FilterBar label="Which correspondence" options={options} value={channel} onChange={setChannel} />
            {received.count > 0 ? (
              <a className={classes["received"]} href={received.href} data-testid="mail-received">
                {count(received.count)} received, in the documents
              </a>
            ) : null}
            <div className={classes["compose"]}>
              <Hint shortcut="recordReceive">
                <Button size="xs" variant="default" leftSection={<Icon name="plus" />} onClick={onReceive} data-testid="mail-receive">
                  Received mail
                </Button>
              </Hint>
              <Hint shortcut="recordFax">
                <Button size="xs" variant="default" leftSection={<Icon name="fax" />} onClick={() => setRecording(true)} data-testid="record-fax">
                  Fax sent elsewhere
                </Button>
              </Hint>
              <Hint shortcut="recordAdd" label="Write an e-mail">
                <Button size="xs" variant="default" leftSection={<Icon name="mail" />} disabled={!client} onClick={() => setComposing("email")} data-testid="write-email">
                  E-mail
                </Button>
              </Hint>
              <Hint shortcut="recordText">
                <Button size="xs" variant="default" leftSection={<Icon name="chat" />} disabled={!client} onClick={() => setComposing("sms")} data-testid="write-sms">
                  Text message
                </Button>
              </Hint>
              <Hint shortcut="recordLetter">
                <Button size="xs" variant="default" leftSection={<Icon name="letter" />} disabled={!client} onClick={() => setComposing("letter")} data-testid="write-letter">
                  Letter by the portal
                </Button>
              </Hint>
            </div>
          </>
        }
      >
        {(rows) => (
          <ol className={classes["list"]}>
            {rows.map((piece) => (
              <Piece
                key={pieceKey(piece)}
                piece={piece}
                item={items.find(({ id }) => id === piece.itemId)}
                places={places}
                open={open === pieceKey(piece)}
                onToggle={() => setOpen(open === pieceKey(piece) ? null : pieceKey(piece))}
                onOpenFile={(index) => {
                  setFiles(pieceFiles(piece));
                  setAt(index);
                }}
                onKeep={(file) =>
                  keep.mutate(
                    { clientId, fileId: file.id },
                    {
                      onError: report,
                      onSuccess: (item) =>
                        offer(`“${file.caption || "The file"}” will be kept with the client: it is in the documents, under “Other files of this client”.`, [item], {
                          label: "Open the documents",
                          go: onOpenDocuments,
                        }),
                    },
                  )
                }
                onTakeBack={() => cancel(piece.pending ? [piece.pending.id] : [])}
              />
            ))}
          </ol>
        )}
      </Records>
      <FileViewer files={files} at={at} onMove={setAt} onClose={() => setAt(null)} />
      {renderReceiving((queued) => {
        if (queued.length > 0) {
          offer(`${plural(queued.length, "piece of mail waits", "pieces of mail wait")} in the outbox.`, queued);
        }
      })}
      <FaxRecordDialog
        opened={recording}
        clientId={clientId}
        online={online}
        onClose={() => setRecording(false)}
        onQueued={(item) => offer(`${item.title} waits in the outbox. Nothing is faxed.`, [item])}
      />
      {client ? (
        <ComposeDialog
          channel={composing}
          client={client}
          items={items}
          online={online}
          onClose={() => setComposing(null)}
          onQueued={(item) => offer(`${item.title} waits in the outbox.`, [item])}
        />
      ) : null}
    </>
  );
}

interface PieceProps {
  piece: CorrespondenceRow;
  item: ItemRow | undefined;
  places: CorrespondenceViewProps["places"];
  open: boolean;
  onToggle: () => void;
  /** Counted from 0. */
  onOpenFile: (index: number) => void;
  onKeep: (file: FileLink) => void;
  onTakeBack: () => void;
}

function Piece({ piece, item, places, open, onToggle, onOpenFile, onKeep, onTakeBack }: PieceProps) {
  const { channel, recipient, status, createdAt, sentOn, letterId, itemId, attachments, attributes, runBy, pending } = piece;
  const { one, icon } = CHANNELS[channel];
  // What was mailed from here is whole in its letter; the portal says nothing of it.
  const mailed = piece.id === null && pending === null;
  const facts: { key: string; shown: ReactNode }[] = [
    { key: "gist", shown: gist(piece) },
    { key: "item", shown: itemId && <About itemId={itemId} item={item} href={places.item(itemId)} /> },
    {
      key: "letter",
      shown: letterId && (
        <a href={places.letter(letterId)} data-testid="piece-letter">
          the letter
        </a>
      ),
    },
    { key: "by", shown: runBy && `by ${runBy}` },
  ].filter(({ shown }) => shown);
  return (
    <li className={classes["piece"]} tabIndex={-1} data-record data-testid="piece-row" data-channel={channel}>
      <span className={classes["icon"]}>
        <Icon name={icon} size={18} />
      </span>
      <div className={classes["what"]}>
        <span className={classes["title"]}>
          <strong title={recipient}>
            {one}
            {recipient ? ` to ${recipient}` : ""}
          </strong>
          {attachments.length > 0 ? (
            <span className={classes["files"]} title={attachments.map(({ caption }) => caption).join(", ")}>
              <Icon name="clip" size={13} /> {attachments.length === 1 ? (attachments[0]?.caption ?? "1 file") : `${count(attachments.length)} files`}
            </span>
          ) : null}
        </span>
        <span className={classes["sub"]}>
          {facts.map(({ key, shown }, index) => (
            <Fragment key={key}>
              {index > 0 ? " · " : ""}
              {shown}
            </Fragment>
          ))}
        </span>
      </div>
      <span className={classes["state"]}>
        {pending ? <OutboxMark item={pending} /> : status ? <Tag tone={statusTone(status)}>{words(status)}</Tag> : <Tag>Status unknown</Tag>}
      </span>
      <span className={classes["when"]}>{createdAt ? instant(createdAt) : sentOn ? date(sentOn) : "Time unknown"}</span>
      <span className={classes["actions"]}>
        {canTakeBack(pending) ? (
          <Hint shortcut="recordTakeBack">
            <Button size="compact-xs" variant="subtle" onClick={onTakeBack} data-action="takeback" data-testid="take-back">
              Do not send
            </Button>
          </Hint>
        ) : null}
        {attachments.length > 0 ? (
          <Hint shortcut="recordFile" label={attachments.length === 1 ? "Open its file" : `Open its ${attachments.length} files`}>
            <ActionIcon size={24} onClick={() => onOpenFile(0)} aria-label={`Open the ${attachments.length === 1 ? "file" : "files"} of this ${one.toLowerCase()}`} data-action="file">
              <Icon name="eye" size={14} />
            </ActionIcon>
          </Hint>
        ) : null}
        {pending || mailed ? null : (
          <Hint shortcut="recordOpen" label={open ? "Show less" : "Show all of it"}>
            <ActionIcon size={24} onClick={onToggle} aria-expanded={open} aria-label={`${open ? "Show less" : "Show all"} of this ${one.toLowerCase()}`} data-action="open">
              <Icon name={open ? "down" : "right"} size={14} />
            </ActionIcon>
          </Hint>
        )}
      </span>
      {open ? (
        <dl className={classes["all"]} data-testid="piece-detail">
          {Object.entries(attributes).map(([name, value]) => (
            <div key={name}>
              <dt>{words(name)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {attachments.map((file, index) => (
            <div key={file.id}>
              <dt>File</dt>
              <dd>
                {file.caption || "Without a caption"}
                {file.extension ? ` (${file.extension.toUpperCase()})` : ""}{" "}
                <Hint shortcut="recordFile" label="Open the file">
                  <Button size="compact-xs" variant="subtle" onClick={() => onOpenFile(index)} data-testid="open-file">
                    {file.here ? "Open" : "Fetch and open"}
                  </Button>
                </Hint>
                <Hint {...(index === 0 ? { shortcut: "recordKeep" } : {})} label="Keep it among the other files of the client">
                  <Button size="compact-xs" variant="subtle" onClick={() => onKeep(file)} data-action="keep" data-testid="keep-file">
                    Keep with the client
                  </Button>
                </Hint>
              </dd>
            </div>
          ))}
          {Object.keys(attributes).length + attachments.length === 0 ? <div>The portal says nothing more of it.</div> : null}
        </dl>
      ) : null}
    </li>
  );
}

/** The item a piece is about; one that is no longer here leads nowhere. */
function About({ itemId, item, href }: { itemId: string; item: ItemRow | undefined; href: string }) {
  return (
    <>
      about{" "}
      {item ? (
        <a href={href} data-testid="piece-item">
          {item.accountName}
        </a>
      ) : (
        `item ${itemId}`
      )}
    </>
  );
}
