import { ActionIcon, Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ChosenFileLine } from "../../components/chosen-file";
import { DialogButtons } from "../../components/dialog-buttons";
import { Icon } from "../../components/icon";
import { Hint } from "../../components/keys";
import { ProblemNotice } from "../../components/problem-notice";
import type { ChosenFile, OutboxItem, Problem, StraightenedFile } from "../../host/bindings";
import { DOCUMENT_KINDS, DOCUMENT_SUBKINDS, MAIL_GROUP } from "../../lib/document-types";
import { todayIso } from "../../lib/days";
import { date, plural } from "../../lib/format";
import { toProblem } from "../../lib/problem";
import classes from "./documents.module.css";
import { straightenedWords, useAddDocument, useStraighten } from "./documents";

const KINDS = DOCUMENT_KINDS.map(({ code, name }) => ({ value: code, label: name }));
const SUBKINDS = [...new Set(DOCUMENT_SUBKINDS.map(({ group }) => group))].map((group) => ({
  group,
  items: DOCUMENT_SUBKINDS.filter((one) => one.group === group).map(({ code, name }) => ({ value: code, label: name })),
}));

/** Who may have written what came: those whose mail the portal has a subtype for. */
const WRITERS = DOCUMENT_SUBKINDS.filter(({ group, code }) => group === MAIL_GROUP || code === "other").map(({ code, name }) => ({ value: code, label: code === "other" ? "Someone else" : name }));

interface AddDialogProps {
  clientId: string;
  /** Chosen or dropped; none while the dialog is closed. */
  files: readonly ChosenFile[];
  /** What is left to be decided. */
  onFiles: (files: ChosenFile[]) => void;
  onAdded: (items: OutboxItem[]) => void;
  online: boolean | null;
  /** They are scans of mail that came: who wrote must be said. */
  mail?: boolean;
}

/** What each file is, before any is queued. */
export function AddDialog(props: AddDialogProps) {
  return (
    <Modal opened={props.files.length > 0} onClose={() => props.onFiles([])} title={props.mail ? "File mail that came" : "Add documents"} size={760} data-testid="add-dialog">
      {props.files.length > 0 ? <AddForm {...props} /> : null}
    </Modal>
  );
}

/** A straightened picture and the one that it was made from. */
interface Made {
  from: ChosenFile;
  result: StraightenedFile;
}

interface StraighteningProps {
  file: ChosenFile;
  made: Made | undefined;
  busy: boolean;
  blocked: boolean;
  onStraighten: () => void;
  onBack: (from: ChosenFile) => void;
}

/** For a photograph of a paper: it is turned upright, straight and small, or what was done to it and the way back. */
function Straightening({ file, made, busy, blocked, onStraighten, onBack }: StraighteningProps) {
  if (made) {
    return (
      <p className={classes["straightened"]} data-testid="straightened">
        {straightenedWords(made.from, made.result)}
        <Hint shortcut="dialogOther" label="Use the original">
          <Button size="compact-xs" variant="subtle" disabled={blocked} onClick={() => onBack(made.from)} data-testid="straighten-undo">
            Use the original
          </Button>
        </Hint>
      </p>
    );
  }
  return file.format === "jpeg" || file.format === "png" ? (
    <Hint shortcut="dialogOther" label="Turn it upright, straight and small">
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes["same"] ?? ""}
        loading={busy}
        disabled={blocked && !busy}
        onClick={onStraighten}
        data-testid="straighten"
      >
        Straighten and make smaller
      </Button>
    </Hint>
  ) : null;
}

interface Filing {
  kind: string | null;
  subkind: string | null;
  caption: string;
  /** A file that is known already is added only when the agent says so. */
  anyway: boolean;
}

const UNFILED: Filing = { kind: null, subkind: null, caption: "", anyway: false };

/** Mail that came is about credit; who wrote is on the paper, and nothing guesses it. */
function unfiledMail(): Filing {
  return { kind: "credit_related", subkind: null, caption: `Received ${date(todayIso())}`, anyway: false };
}

/** Whether it is said what a file is. */
function isSaid({ kind, subkind }: Filing, mail: boolean): boolean {
  return kind !== null && (!mail || subkind !== null);
}

function AddForm({ clientId, files, onFiles, onAdded, online, mail = false }: AddDialogProps) {
  const [unfiled] = useState(() => (mail ? unfiledMail() : UNFILED));
  const add = useAddDocument();
  const [filings, setFilings] = useState<ReadonlyMap<string, Filing>>(new Map());
  const [asked, setAsked] = useState(false);
  const [adding, setAdding] = useState(false);
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map());
  const straighten = useStraighten();
  /** Straightened pictures by their tokens, each with what it was made from. */
  const [made, setMade] = useState<ReadonlyMap<string, Made>>(new Map());

  const filingOf = (token: string) => filings.get(token) ?? unfiled;
  const file = (tokens: readonly string[], part: Partial<Filing>) =>
    setFilings((before) => new Map([...before, ...tokens.map((token) => [token, { ...(before.get(token) ?? unfiled), ...part }] as const)]));

  // A picture takes a moment to be straightened; files may be dropped, or left out, meanwhile.
  const latest = useRef(files);
  useEffect(() => {
    latest.current = files;
  }, [files]);
  /** Puts a file in the place of another, filed as that one. */
  const swap = (one: ChosenFile, other: ChosenFile) => {
    setFilings((before) => new Map([...before, [other.token, before.get(one.token) ?? unfiled] as const]));
    onFiles(latest.current.map((kept) => (kept.token === one.token ? other : kept)));
  };
  const straightenOne = (one: ChosenFile) =>
    straighten.mutate(one, {
      onSuccess: (result) => {
        setMade((before) => new Map([...before, [result.file.token, { from: one, result }] as const]));
        swap(one, result.file);
      },
      onError: (problem) => setProblems((before) => new Map([...before, [one.token, problem] as const])),
    });

  const wanted = files.filter(({ token, problem, duplicate }) => !problem && (!duplicate || filingOf(token).anyway));

  const submit = async () => {
    setAsked(true);
    if (adding || wanted.length === 0 || wanted.some(({ token }) => !isSaid(filingOf(token), mail))) {
      return;
    }
    setAdding(true);
    const queued: OutboxItem[] = [];
    const failed = new Map<string, Problem>();
    for (const { token } of wanted) {
      const { kind, subkind, caption } = filingOf(token);
      try {
        // oxlint-disable-next-line no-await-in-loop -- the files go into the outbox in the order in which they are shown
        queued.push(await add.mutateAsync({ clientId, token, kind: kind ?? "", subkind, caption: caption.trim() || null }));
      } catch (thrown) {
        failed.set(token, toProblem(thrown));
      }
    }
    setAdding(false);
    setProblems(failed);
    onAdded(queued);
    // What failed stays, so that it is tried again or left out, and nothing is queued twice.
    onFiles(files.filter(({ token }) => failed.has(token)));
  };

  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ul className={classes["files"]}>
        {files.map((one, index) => {
          const { token, problem, duplicate } = one;
          const filing = filingOf(token);
          const takes = wanted.includes(one);
          const failure = problems.get(token);
          const rest = wanted.filter((other) => other !== one).map((other) => other.token);
          return (
            <li key={token} data-testid="chosen-file">
              <div className={classes["fileHead"]}>
                <ChosenFileLine file={one} />
                <Hint shortcut="leaveOut" label="Leave it out">
                  <ActionIcon
                    size={24}
                    aria-label={`Leave out ${one.name}`}
                    onClick={() => onFiles(files.filter((other) => other !== one))}
                  >
                    <Icon name="cross" size={14} />
                  </ActionIcon>
                </Hint>
              </div>
              {problem ? null : (
                <Straightening
                  file={one}
                  made={made.get(token)}
                  busy={straighten.isPending && straighten.variables === one}
                  blocked={straighten.isPending || adding}
                  onStraighten={() => straightenOne(one)}
                  onBack={(from) => swap(one, from)}
                />
              )}
              {duplicate && !problem ? (
                <Checkbox
                  label="Add it anyway"
                  checked={filing.anyway}
                  onChange={(event) => file([token], { anyway: event.currentTarget.checked })}
                  data-testid="add-anyway"
                />
              ) : null}
              {takes ? (
                <div className={classes["fields"]}>
                  <Select
                    label="Type"
                    size="xs"
                    data={KINDS}
                    value={filing.kind}
                    onChange={(kind) => file([token], { kind })}
                    error={asked && filing.kind === null ? "Choose what it is" : null}
                    placeholder="What it is"
                    withAsterisk
                    data-autofocus={index === 0 ? true : undefined}
                    data-testid="file-kind"
                  />
                  <Select
                    label={mail ? "Who wrote" : "Subtype"}
                    size="xs"
                    data={mail ? WRITERS : SUBKINDS}
                    value={filing.subkind}
                    onChange={(subkind) => file([token], { subkind })}
                    error={asked && mail && filing.subkind === null ? "Choose who wrote" : null}
                    placeholder={mail ? "As on the paper" : "None"}
                    withAsterisk={mail}
                    clearable={!mail}
                    searchable
                    data-testid="file-subkind"
                  />
                  <TextInput
                    label="Caption"
                    size="xs"
                    value={filing.caption}
                    onChange={(event) => file([token], { caption: event.currentTarget.value })}
                    placeholder="Shown in the portal; names nobody"
                    data-testid="file-caption"
                  />
                </div>
              ) : null}
              {takes && rest.length > 0 && isSaid(filing, mail) && index === files.indexOf(wanted[0] ?? one) ? (
                <Hint shortcut="sameForAll">
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    className={classes["same"] ?? ""}
                    onClick={() => file(rest, { kind: filing.kind, subkind: filing.subkind })}
                    data-testid="same-for-all"
                  >
                    {mail ? "The same for all" : "Same type for all"}
                  </Button>
                </Hint>
              ) : null}
              {failure ? <ProblemNotice problem={failure} /> : null}
            </li>
          );
        })}
      </ul>
      <p className={classes["sentence"]} data-testid="add-sentence">
        {wanted.length === 0
          ? "None of these files is added."
          : `${plural(wanted.length, "file is", "files are")} copied into the outbox, encrypted, and filed with this client ${online === false ? "once the portal can be reached" : `as soon as the portal takes ${wanted.length === 1 ? "it" : "them"}`}. The ${wanted.length === 1 ? "original stays" : "originals stay"} where ${wanted.length === 1 ? "it is" : "they are"}.`}
      </p>
      <DialogButtons onLeave={() => onFiles([])} disabled={wanted.length === 0} loading={adding} data-testid="add-confirm">
        {mail ? `File ${plural(wanted.length, "piece")}` : `Add ${plural(wanted.length, "document")}`}
      </DialogButtons>
    </form>
  );
}
