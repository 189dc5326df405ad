import { Button, Select, Textarea, UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { Hint, Keys } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import { useLastUndo } from "../../components/use-last-undo";
import { useNothingSaid } from "../../components/use-nothing";
import type { ClientCard, ItemRow, PreparedLetters } from "../../host/bindings";
import { BUREAUS } from "../../lib/bureaus";
import {
  type DisputeDraft,
  type DraftChange,
  chosenItems,
  missingPieces,
  needsOverride,
  prepareRequest,
  recipientChoices,
  recipientsWithoutItems,
} from "../../lib/dispute-draft";
import { listed, plural, words } from "../../lib/format";
import { ariaKeys } from "../../lib/shortcuts";
import { useFocusBack } from "../../lib/use-focus-back";
import { pressing, useShortcuts } from "../../lib/use-shortcuts";
import { EnclosurePicker } from "./enclosure-picker";
import classes from "./letter-desk.module.css";
import { usePrepare } from "./letters";
import { LettersWork } from "./letters-work";
import { useTemplates } from "./library";
import { type Picking, Recipients } from "./recipients";

interface LetterDeskProps {
  client: ClientCard;
  items: readonly ItemRow[];
  draft: DisputeDraft;
  onChange: (change: DraftChange) => void;
  reasonName: (id: string) => string;
  onAskReason: (itemIds: string[]) => void;
  /** Letters exist now. `whole` when every recipient got one. */
  onPrepared: (letterIds: string[], whole: boolean) => void;
}

/** From chosen items to letters: who gets them, from which template, and what is still missing, in words. */
export function LetterDesk(props: LetterDeskProps) {
  const { client, items, draft, onChange, reasonName, onAskReason, onPrepared } = props;
  const prepare = usePrepare();
  const { offer } = useLastUndo();
  const [insisted, setInsisted] = useState(false);
  const [picking, setPicking] = useState<Picking>(null);
  const template = useRef<HTMLInputElement>(null);
  const enclosures = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const chosen = chosenItems(draft, items);
  const missing = missingPieces(draft, chosen, client);
  const without = chosen.length > 0 ? recipientsWithoutItems(draft, chosen) : [];
  const letters = recipientChoices(draft, chosen).length;

  const go = () => {
    const request = prepareRequest(draft, chosen, client);
    if (!request) {
      setInsisted(true);
      return;
    }
    if (prepare.isPending) {
      return;
    }
    setInsisted(false);
    prepare.mutate(request, {
      onSuccess: (result) => {
        onChange({ type: "prepared", failed: result.problems.map(({ recipient }) => recipient), sent: request });
        if (result.letters.length > 0) {
          onPrepared(result.letters.map(({ id }) => id), result.problems.length === 0);
        }
      },
      onError: ({ code }) => {
        if (code === "cancelled") {
          prepare.reset();
          showDone("Stopped: nothing was written.");
        }
      },
    });
  };

  const clear = () => {
    const { items: before } = draft;
    if (before.size === 0) {
      return;
    }
    onChange({ type: "choose", itemIds: [...before.keys()], chosen: false });
    offer(`${plural(before.size, "item is", "items are")} no longer chosen.`, () => onChange({ type: "choose-again", items: before }));
  };

  useShortcuts({
    clearChosen: clear,
    bureau1: () => onChange({ type: "bureau", bureau: BUREAUS[0].code }),
    bureau2: () => onChange({ type: "bureau", bureau: BUREAUS[1].code }),
    bureau3: () => onChange({ type: "bureau", bureau: BUREAUS[2].code }),
    furnisher: () => setPicking("furnisher"),
    addressee: () => setPicking("addressee"),
    enclose: () => enclosures.current?.focus(),
    template: () => template.current?.focus(),
    prepare: go,
    ...pressing(["agreementOverride", "furnisherAddress", "furnisherNamed"]),
  });

  useFocusBack(prepare.isPending, button);

  const bare = chosen.filter(({ id }) => !draft.items.get(id));

  return (
    <aside className={classes["desk"]} aria-label="Letter desk" data-testid="letter-desk">
      <div className={classes["body"]}>
        {needsOverride(client.row.agreement) ? <Unsigned client={client} draft={draft} onChange={onChange} /> : null}
        {client.row.agreement === "cancellable" ? (
          <Notice kind="info" title="The agreement can still be cancelled" testId="agreement-cancellable">
            <p>Letters can be prepared now. The desk holds them until the three business days are over.</p>
          </Notice>
        ) : null}

        <section aria-labelledby="desk-items">
          <div className={classes["heading"]}>
            <h2 id="desk-items" data-testid="chosen-count">
              {chosen.length === 0 ? "No items chosen" : `${plural(chosen.length, "item")} chosen`}
            </h2>
            {chosen.length > 0 ? (
              <Hint shortcut="clearChosen">
                <Button size="compact-xs" variant="subtle" onClick={clear} data-testid="clear-chosen">
                  Clear
                </Button>
              </Hint>
            ) : null}
          </div>
          {chosen.length === 0 ? (
            <p className={classes["hint"]}>
              Choose items in the table: <Keys of="itemDown" /> <Keys of="itemUp" /> move, <Keys of="itemChoose" /> chooses,{" "}
              <Keys of="reason" /> gives the reason.
            </p>
          ) : (
            <ChosenItems items={chosen} draft={draft} reasonName={reasonName} onAskReason={onAskReason} />
          )}
          {bare.length > 1 ? (
            <Hint shortcut="reasonAll">
              <Button
                size="compact-sm"
                variant="default"
                fullWidth
                onClick={() => onAskReason(bare.map(({ id }) => id))}
                data-testid="reason-missing"
              >
                One reason for these {bare.length} items
              </Button>
            </Hint>
          ) : null}
        </section>

        <Recipients
          draft={draft}
          chosen={chosen}
          onChange={onChange}
          picking={picking}
          onPicking={setPicking}
        />

        <EnclosurePicker
          ref={enclosures}
          clientId={client.row.id}
          value={draft.enclosures}
          onChange={(documentIds) => onChange({ type: "enclose", documentIds })}
          onDone={() => button.current?.focus()}
        />

        <TemplatePicker
          ref={template}
          value={draft.templateId}
          onChange={(templateId) => {
            onChange({ type: "template", templateId });
            // The template is the last choice: what follows it is preparing, and G is no longer typed into a field.
            button.current?.focus();
          }}
        />
      </div>

      <div className={classes["foot"]}>
        {prepare.error ? <ProblemNotice problem={prepare.error} /> : null}
        {prepare.data && prepare.data.problems.length > 0 ? <NotPrepared result={prepare.data} /> : null}
        {without.length > 0 && letters > 0 ? (
          <p className={classes["hint"]}>
            {listed(without)} {without.length === 1 ? "reports" : "report"} none of the chosen items and{" "}
            {without.length === 1 ? "gets" : "get"} no letter.
          </p>
        ) : null}
        {missing.length > 0 && (insisted || chosen.length > 0) ? (
          <Notice kind={insisted ? "caution" : "info"} title="Still missing" alert={insisted} testId="missing">
            <ul className={classes["missing"]}>
              {missing.map(({ id, text }) => (
                <li key={id}>{text}</li>
              ))}
            </ul>
          </Notice>
        ) : null}
        <LettersWork
          goesOn={prepare.isPending}
          does="Writing letter"
          before={prepare.variables && prepare.variables.enclosures.length > 0 ? "Fetching what is enclosed" : null}
        />
        <Hint shortcut="prepare">
          <Button
            ref={button}
            fullWidth
            size="md"
            onClick={go}
            loading={prepare.isPending}
            // It stays pressable while a piece is missing: pressing it says which.
            data-ready={missing.length === 0}
            variant={missing.length > 0 ? "default" : "filled"}
            rightSection={<Keys of="prepare" />}
            data-testid="prepare-letters"
          >
            {letters > 0 ? `Prepare ${plural(letters, "letter")}` : "Prepare letters"}
          </Button>
        </Hint>
      </div>
    </aside>
  );
}

function ChosenItems({
  items,
  draft,
  reasonName,
  onAskReason,
}: Pick<LetterDeskProps, "draft" | "reasonName" | "onAskReason"> & { items: readonly ItemRow[] }) {
  return (
    <ul className={classes["items"]}>
      {items.map((item) => {
        const reasonId = draft.items.get(item.id);
        return (
          <li key={item.id}>
            <Hint shortcut="reason" label="Its reason">
              <UnstyledButton className={classes["item"]} onClick={() => onAskReason([item.id])}>
                <span className={classes["account"]}>
                  <span>{item.accountName}</span>
                  <span className={classes["short"]}>{BUREAUS.find(({ code }) => code === item.bureau)?.short ?? "?"}</span>
                </span>
                <span className={classes["why"]} data-missing={!reasonId}>
                  {reasonId ? reasonName(reasonId) : "No reason yet"}
                </span>
              </UnstyledButton>
            </Hint>
          </li>
        );
      })}
    </ul>
  );
}

function TemplatePicker({
  ref,
  value,
  onChange,
}: {
  ref: React.Ref<HTMLInputElement>;
  value: string | null;
  onChange: (id: string) => void;
}) {
  const { data: templates, error, isPending, refetch } = useTemplates();
  const none = useNothingSaid("templates", templates?.length === 0, "The portal has no templates that letters can be written from.");
  if (error) {
    return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  }
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { id, name, kind, category, dispute } of (templates ?? []).toSorted(
    (one, other) => Number(other.dispute) - Number(one.dispute),
  )) {
    const group = dispute ? category || "Disputes" : "Not meant for disputes";
    groups.set(group, [...(groups.get(group) ?? []), { value: id, label: kind === "static" ? name : `${name} (${words(kind).toLowerCase()})` }]);
  }
  return (
    <Select
        ref={ref}
        label={
          <>
            Template <Keys of="template" />
          </>
        }
        aria-keyshortcuts={ariaKeys("template")}
        classNames={{ label: classes["label"] ?? "" }}
        placeholder={isPending ? "Loading the templates" : "Pick a template"}
        nothingFoundMessage="No template has this name."
        description={none || undefined}
        data={[...groups].map(([group, entries]) => ({ group, items: entries }))}
        value={value}
        // Also when the same is picked again: the choice is made, and its name stands there whole.
        onOptionSubmit={onChange}
        // The template of last time stands there: what is typed goes in its place.
        onFocus={(event) => event.currentTarget.select()}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        maxDropdownHeight={260}
        data-testid="template-picker"
      />
  );
}

function Unsigned({ client, draft, onChange }: Pick<LetterDeskProps, "client" | "draft" | "onChange">) {
  const unknown = client.row.agreement === "unknown";
  return (
    <Notice
      kind="caution"
      title={unknown ? "Agreement not known yet" : "No signed agreement"}
      testId="agreement-block"
    >
      <p>
        {unknown
          ? "This client's agreements are not in the cache. Sync first, so that the desk can tell."
          : "The law (CROA) allows no work for a client before the contract is signed and the three business days to cancel it are over."}
      </p>
      {draft.unsignedOverride === null ? (
        <Notice.Actions>
          <Hint shortcut="agreementOverride">
            <Button
              size="xs"
              variant="default"
              onClick={() => onChange({ type: "override", reason: "" })}
              data-testid="override-button"
            >
              Prepare all the same
            </Button>
          </Hint>
        </Notice.Actions>
      ) : (
        <>
          <Textarea
            label="Why are letters prepared without it?"
            description="Recorded with each letter."
            rows={3}
            autoFocus
            value={draft.unsignedOverride}
            onChange={(event) => onChange({ type: "override", reason: event.currentTarget.value })}
            data-testid="override-reason"
          />
          <Notice.Actions>
            <Hint shortcut="agreementOverride" label="Do not override">
              <Button size="compact-xs" variant="subtle" onClick={() => onChange({ type: "override", reason: null })}>
                Do not override
              </Button>
            </Hint>
          </Notice.Actions>
        </>
      )}
    </Notice>
  );
}

function NotPrepared({ result }: { result: PreparedLetters }) {
  const { letters, problems } = result;
  return (
    <Notice
      kind="problem"
      alert
      testId="prepare-problems"
      title={`${plural(problems.length, "letter was", "letters were")} not prepared`}
    >
      {letters.length > 0 ? <p>{plural(letters.length, "letter is", "letters are")} prepared and kept.</p> : null}
      <ul className={classes["missing"]}>
        {problems.map(({ recipient, recipientName, problem }) => (
          <li key={recipient} data-code={problem.code}>
            <strong>{recipientName}:</strong> {problem.message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
