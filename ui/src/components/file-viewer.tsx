import { ActionIcon, Button, Modal, Progress } from "@mantine/core";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useHost } from "../host/host-context";
import type { OpenedFile } from "../host/bindings";
import { type FileContent, type ViewedFile, formatName, formatType, oddities, shownAs, useFetchAgain, useFile, useSaveCopy } from "../lib/files";
import { fileSize } from "../lib/format";
import { usePicture } from "../lib/picture";
import { useFetchProgress } from "../lib/use-fetch-progress";
import { usePdfFile } from "../lib/use-pdf-file";
import { useShortcuts } from "../lib/use-shortcuts";
import { EmptyState } from "./empty-state";
import classes from "./file-viewer.module.css";
import { Icon } from "./icon";
import { Hint } from "./keys";
import { Notice } from "./notice";
import { PageView } from "./page-view";
import { PdfPage } from "./pdf-page";
import { ProblemNotice } from "./problem-notice";
import { showDone, useProblemToast } from "./toast";

interface FileViewerProps {
  files: readonly ViewedFile[];
  /** Which of them is open; `null` while closed. */
  at: number | null;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** Files in the window, one after the other: PDFs and pictures as they are, of others what they are and a copy. */
export function FileViewer({ files, at, onMove, onClose }: FileViewerProps) {
  const file = at === null ? undefined : files[at];
  const stop = useRef<() => void>(() => undefined);
  const close = () => {
    stop.current();
    onClose();
  };
  return (
    <Modal
      opened={file !== undefined}
      onClose={close}
      title={file?.title}
      size={1120}
      yOffset={24}
      padding={0}
      classNames={{ content: classes["content"] ?? "", header: classes["header"] ?? "", body: classes["body"] ?? "" }}
      data-testid="file-viewer"
    >
      {file ? (
        <Viewer
          key={`${file.source.kind} ${file.source.id}`}
          file={file}
          place={{ at: at ?? 0, of: files.length, go: onMove }}
          onStop={(run) => {
            stop.current = run;
          }}
          onCancel={close}
        />
      ) : null}
    </Modal>
  );
}

interface Place {
  at: number;
  of: number;
  go: (at: number) => void;
}

interface ViewerProps {
  file: ViewedFile;
  place: Place;
  /** What ends the fetch that is under way. */
  onStop: (run: () => void) => void;
  onCancel: () => void;
}

function Viewer({ file, place, onStop, onCancel }: ViewerProps) {
  const { source } = file;
  const host = useHost();
  const { data, error, isFetching, refetch } = useFile(source);
  const again = useFetchAgain(source);
  const save = useSaveCopy();
  const report = useProblemToast();

  useLayoutEffect(() =>
    onStop(() => {
      if (source.kind === "stored" && (isFetching || again.isPending)) {
        // A fetch that has just ended has nothing to stop.
        host.call("file_cancel", { id: source.id }).catch(() => undefined);
      }
    }),
  );

  const move = (to: number) => {
    if (to >= 0 && to < place.of) {
      place.go(to);
    }
  };
  const saveCopy = () => {
    if (data && !save.isPending) {
      save.mutate(
        { file: source, extension: file.extension },
        {
          onError: report,
          // None means that the agent closed the dialog.
          onSuccess: ({ files }) => {
            if (files.length > 0) {
              showDone("A copy was saved. It is not encrypted: delete it when it is no longer needed.");
            }
          },
        },
      );
    }
  };
  useShortcuts({ fileNext: () => move(place.at + 1), filePrevious: () => move(place.at - 1), fileSave: saveCopy }, true, "dialog");

  const tools = (
    <span className={classes["tools"]}>
      <span className={classes["meta"]} data-testid="file-meta">
        {data ? `${data.opened.format ? formatName(data.opened.format) : "Unknown kind"}, ${fileSize(data.opened.size)}` : ""}
      </span>
      {place.of > 1 ? (
        <span className={classes["place"]}>
          <Hint shortcut="filePrevious" label="Previous file">
            <ActionIcon onClick={() => move(place.at - 1)} disabled={place.at === 0} aria-label="Previous file">
              <Icon name="left" />
            </ActionIcon>
          </Hint>
          <span data-testid="file-place">
            File {place.at + 1} of {place.of}
          </span>
          <Hint shortcut="fileNext" label="Next file">
            <ActionIcon onClick={() => move(place.at + 1)} disabled={place.at + 1 >= place.of} aria-label="Next file">
              <Icon name="right" />
            </ActionIcon>
          </Hint>
        </span>
      ) : null}
      <Hint shortcut="fileSave" label="Save a copy as...">
        <Button size="compact-sm" variant="default" leftSection={<Icon name="save" />} disabled={!data} loading={save.isPending} onClick={saveCopy} data-testid="save-copy">
          Save a copy
        </Button>
      </Hint>
    </span>
  );
  const parts: Parts = {
    tools,
    notes: data ? (
      <Oddities file={file} opened={data.opened} fetching={again.isPending} onFetch={source.kind === "stored" ? () => again.mutate(undefined, { onError: report }) : null} />
    ) : null,
    title: file.title,
  };

  if (again.isPending || (data === undefined && !error)) {
    return <Frame {...parts} instead={<Fetching id={source.id} stored={source.kind === "stored"} onCancel={onCancel} />} />;
  }
  if (!data) {
    // Asking again does not change what an account may see.
    const retry = error && error.code !== "forbidden" && error.code !== "not_found" ? () => void refetch() : undefined;
    return <Frame {...parts} instead={error ? <ProblemNotice problem={error} onRetry={retry} retrying={isFetching} /> : null} />;
  }
  return <Content {...parts} content={data} />;
}

interface Parts {
  tools: ReactNode;
  notes: ReactNode;
  title: string;
}

function Content({ content: { opened, bytes }, ...parts }: Parts & { content: FileContent }) {
  const format = shownAs(opened);
  if (bytes && format) {
    return format === "pdf" ? <PdfContent {...parts} bytes={bytes} /> : <PictureContent {...parts} bytes={bytes} type={formatType(format)} />;
  }
  return <Frame {...parts} instead={<NotShown opened={opened} />} />;
}

/** The viewer without pages. */
function Frame({ tools, notes, title, instead }: Parts & { instead: ReactNode }) {
  return (
    <PageView sheets={null} label={title} waitingLabel="Opening the file" instead={instead} tools={tools} inDialog takesFocus renderSheet={() => null}>
      {notes}
    </PageView>
  );
}

function PdfContent({ bytes, tools, notes, title }: Parts & { bytes: Uint8Array }) {
  const { file, failed } = usePdfFile(bytes);
  const instead = failed ? (
    <Notice kind="problem" alert title="This PDF is not shown" testId="not-shown">
      <p>{failed.name === "PasswordException" ? "It opens with a password only." : "It is damaged or incomplete."} Save a copy to look at it with another program.</p>
    </Notice>
  ) : null;
  return (
    <PageView
      sheets={file?.pages ?? null}
      label={title}
      waitingLabel="Opening the file"
      instead={instead}
      tools={tools}
      inDialog
      takesFocus
      renderSheet={(index, size, scale) =>
        file ? (
          <PdfPage key={index} file={file} number={index + 1} size={size} scale={scale} label={`Page ${index + 1} of ${file.total}, ${title}`} window={null} />
        ) : null
      }
    >
      {notes}
      {file && file.total > file.pages.length ? (
        <p className={classes["note"]}>
          The first {file.pages.length} of {file.total} pages are shown. Save a copy to read the others.
        </p>
      ) : null}
    </PageView>
  );
}

function PictureContent({ bytes, type, tools, notes, title }: Parts & { bytes: Uint8Array; type: string }) {
  const { picture, failed } = usePicture(bytes, type);
  const instead = failed ? (
    <Notice kind="problem" alert title="This picture is not shown" testId="not-shown">
      <p>It is damaged or incomplete. Save a copy to look at it with another program.</p>
    </Notice>
  ) : null;
  return (
    <PageView
      // A dot of the picture is a dot of the screen at 100 %.
      sheets={picture ? [{ width: picture.width * 0.75, height: picture.height * 0.75 }] : null}
      label={title}
      waitingLabel="Opening the file"
      instead={instead}
      tools={tools}
      inDialog
      takesFocus
      renderSheet={(index, size, scale) =>
        picture ? (
          <img
            key={index}
            className={classes["picture"]}
            src={picture.url}
            alt={title}
            width={size.width * scale}
            height={size.height * scale}
            data-page={index + 1}
            data-testid="picture"
          />
        ) : null
      }
    >
      {notes}
    </PageView>
  );
}

/** What came, of what; and the way to stop it. */
function Fetching({ id, stored, onCancel }: { id: string; stored: boolean; onCancel: () => void }) {
  const progress = useFetchProgress(id);
  if (!stored || !progress) {
    return (
      <div className={classes["fetching"]} role="status" data-testid="fetching">
        <p>Opening the file...</p>
        <Hint shortcut="dialogOther" label="Stop fetching it">
          <Button size="xs" variant="default" onClick={onCancel} data-testid="cancel-fetch">
            Cancel
          </Button>
        </Hint>
      </div>
    );
  }
  const { received, total } = progress;
  const percent = total ? Math.floor((received / total) * 100) : 0;
  return (
    <div className={classes["fetching"]} role="status" data-testid="fetching">
      <p>Fetching the file from the portal. It is kept on this computer, encrypted, and opens without a network from then on.</p>
      <Progress value={total ? percent : 100} animated={!total} size="sm" aria-label={total ? `Fetched ${percent} %` : "Fetching"} />
      <p className="figures">{total ? `${fileSize(received)} of ${fileSize(total)}` : fileSize(received)}</p>
      <Hint shortcut="dialogOther" label="Stop fetching it">
        <Button size="xs" variant="default" onClick={onCancel} data-testid="cancel-fetch">
          Cancel
        </Button>
      </Hint>
    </div>
  );
}

/** What a file is that is not shown, and why not. */
function NotShown({ opened }: { opened: OpenedFile }) {
  if (opened.refused !== null) {
    return (
      <Notice kind="caution" title={`This ${opened.format === "pdf" ? "PDF" : "picture"} is not shown`} testId="not-shown">
        <p>
          The desk does not open it: {opened.refused}. If you trust where it came from, save a copy and look at it with another program.
        </p>
      </Notice>
    );
  }
  const word = opened.format === "doc" || opened.format === "docx";
  return (
    <div data-testid="not-shown">
      <EmptyState icon="file" title={word ? "Word files are not shown here" : "This kind of file is not shown here"}>
        <p>
          {word
            ? "Save a copy, and open it with a word processor."
            : "PDF, JPEG and PNG are. Its content is none of these, whatever its name says. Save a copy only if you trust where it came from."}
        </p>
      </EmptyState>
    </div>
  );
}

interface OdditiesProps {
  file: ViewedFile;
  opened: OpenedFile;
  fetching: boolean;
  /** `null` for a file that the portal does not have yet. */
  onFetch: (() => void) | null;
}

/** What is not as the file's record says, before anybody relies on it. */
function Oddities({ file, opened, fetching, onFetch }: OdditiesProps) {
  const odd = oddities(file, opened);
  if (odd.length === 0) {
    return null;
  }
  return (
    <div className={classes["odd"]}>
      <Notice kind="caution" title="This is not what the portal's record says" testId="file-odd">
        <p>{odd.join(" ")}</p>
        {onFetch ? (
          <Notice.Actions>
            <Hint shortcut="tryAgain" label="Fetch it again">
              <Button size="xs" variant="default" onClick={onFetch} loading={fetching} data-testid="fetch-again">
                Fetch it again
              </Button>
            </Hint>
          </Notice.Actions>
        ) : null}
      </Notice>
    </div>
  );
}
