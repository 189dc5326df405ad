import { Button, Modal, Radio, Select, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { Hint } from "../../components/keys";
import { Notice } from "../../components/notice";
import { ProblemNotice } from "../../components/problem-notice";
import { showDone } from "../../components/toast";
import type { KbaProviderCode, KbaRound } from "../../host/bindings";
import { plural } from "../../lib/format";
import { PROVIDERS } from "../../lib/kba-providers";
import { useShortcuts } from "../../lib/use-shortcuts";
import { useKbaAnswer, useKbaQuestions, useKbaSkip } from "./overview";
import classes from "./overview.module.css";

interface KbaDialogProps {
  clientId: string;
  opened: boolean;
  onClose: () => void;
}

/** Proves a client's identity to a bureau, with the client on the telephone. */
export function KbaDialog({ clientId, opened, onClose }: KbaDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Prove the client's identity" size={640} data-testid="kba-dialog">
      {opened ? <Steps clientId={clientId} onClose={onClose} /> : null}
    </Modal>
  );
}

/** Who asks, then what is asked, round after round. */
function Steps({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const [provider, setProvider] = useState<KbaProviderCode>("array_equifax");
  const [round, setRound] = useState<KbaRound | null>(null);
  const ask = useKbaQuestions();
  const { skip, refused } = useKbaSkip();
  const refusal = useId();
  const name = PROVIDERS.find(({ value }) => value === provider)?.label ?? provider;
  const proven = (how: string) => {
    showDone(how);
    onClose();
  };
  const skipQuestions = () => {
    if (!refused && !ask.isPending && !skip.isPending) {
      skip.mutate({ clientId, provider }, { onSuccess: () => proven(`The client counts as proven with ${name}, without questions.`) });
    }
  };
  useShortcuts({ proveSkip: skipQuestions }, round === null, "dialog");
  if (round) {
    return <Round key={round.token ?? round.questions.map(({ id }) => id).join()} clientId={clientId} provider={provider} round={round} onNext={setRound} onProven={() => proven(`${name} takes the client's identity as proven.`)} onBack={() => setRound(null)} />;
  }
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate({ clientId, provider }, { onSuccess: setRound });
      }}
    >
      <Select
        label="Who asks"
        data={[...PROVIDERS]}
        value={provider}
        onChange={(value) => setProvider(PROVIDERS.find((one) => one.value === value)?.value ?? provider)}
        allowDeselect={false}
        data-autofocus
        data-testid="kba-provider"
      />
      <p className={classes["none"]}>
        The client answers on the telephone. What is asked and answered goes straight between the portal and the bureau; nothing of it is kept here but whether it was proven.
      </p>
      {ask.error ? <ProblemNotice problem={ask.error} /> : null}
      {skip.error ? <ProblemNotice problem={skip.error} /> : null}
      {refused ? (
        <p className={classes["none"]} id={refusal} data-testid="kba-skip-refused">
          Your account may not count a client as proven without questions: the portal refused it. Once an administrator has given it the permission, sign out and in again.
        </p>
      ) : null}
      <div className={classes["buttons"]}>
        <Hint shortcut="proveSkip">
          <Button
            variant="subtle"
            onClick={skipQuestions}
            loading={skip.isPending}
            disabled={ask.isPending || refused}
            aria-describedby={refused ? refusal : undefined}
            data-testid="kba-skip"
          >
            Count as proven without questions
          </Button>
        </Hint>
        <Hint shortcut="dialogDo">
          <Button type="submit" loading={ask.isPending} disabled={skip.isPending} data-testid="kba-ask">
            Ask
          </Button>
        </Hint>
      </div>
    </form>
  );
}

interface RoundProps {
  clientId: string;
  provider: KbaProviderCode;
  round: KbaRound;
  onNext: (round: KbaRound) => void;
  onProven: () => void;
  onBack: () => void;
}

function Round({ clientId, provider, round: { way, token, questions }, onNext, onProven, onBack }: RoundProps) {
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map());
  const [pin, setPin] = useState("");
  const [asked, setAsked] = useState(false);
  const send = useKbaAnswer();
  const open = questions.filter(({ id }) => !answers.has(id));
  const missing = way === "questions" ? open.length > 0 : pin.trim() === "";
  const submit = () => {
    setAsked(true);
    if (missing || send.isPending) {
      return;
    }
    send.mutate(
      { clientId, provider, answers: [...answers].map(([question, answer]): [string, string] => [question, answer]), pin: pin.trim() || null, token },
      { onSuccess: ({ next }) => (next ? onNext(next) : onProven()) },
    );
  };
  return (
    <form
      className={classes["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {way === "questions" && questions.length === 0 ? (
        <Notice kind="caution" title="Nothing was asked">
          <p>The bureau has no questions for this client now. Try another provider, or later.</p>
        </Notice>
      ) : null}
      {questions.map(({ id, text, options }) => (
        <Radio.Group
          key={id}
          label={text}
          value={answers.get(id) ?? null}
          onChange={(value) => setAnswers((before) => new Map([...before, [id, value] as const]))}
          error={asked && !answers.has(id) ? "Choose an answer" : null}
          data-testid="kba-question"
        >
          <div className={classes["options"]}>
            {options.map((option) => (
              <Radio key={option.id} value={option.id} label={option.text} />
            ))}
          </div>
        </Radio.Group>
      ))}
      {way === "questions" ? null : (
        <TextInput
          label={way === "message" ? "Code of the text message" : "Code that the client received"}
          description={way === "message" ? "The bureau sent a text message to the client's telephone. Its link proves the identity there; its code does here." : undefined}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value)}
          error={asked && pin.trim() === "" ? "Type the code" : null}
          autoComplete="one-time-code"
          inputMode="numeric"
          data-autofocus
          data-testid="kba-pin"
        />
      )}
      {send.error ? <ProblemNotice problem={send.error} /> : null}
      <div className={classes["buttons"]}>
        <Hint shortcut="dialogBack">
          <Button variant="default" onClick={onBack}>
            Back
          </Button>
        </Hint>
        <Hint shortcut="dialogDo">
          <Button type="submit" loading={send.isPending} disabled={way === "questions" && questions.length === 0} data-testid="kba-send">
            {way === "questions" ? `Send ${plural(questions.length, "answer")}` : "Send the code"}
          </Button>
        </Hint>
      </div>
    </form>
  );
}
