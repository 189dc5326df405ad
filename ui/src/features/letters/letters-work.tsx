import { Button } from "@mantine/core";
import { Hint } from "../../components/keys";
import { useProblemToast } from "../../components/toast";
import { WorkProgress } from "../../components/work-progress";
import { useLettersProgress } from "../../lib/letters-progress";
import { useLasting } from "../../lib/use-lasting";
import { useShortcuts } from "../../lib/use-shortcuts";
import { useIsOneWork, useStop } from "./letters";

interface LettersWorkProps {
  /** Letters are being prepared or saved from here. */
  goesOn: boolean;
  /** What is done with them, before "2 of 5". */
  does: string;
  /** What is done before the first of them; nothing where that takes no time. */
  before: string | null;
}

/** How far letters are that are being prepared or saved, and the way to stop them. What is over at once shows nothing. */
export function LettersWork({ goesOn, does, before }: LettersWorkProps) {
  const progress = useLettersProgress();
  const lasts = useLasting(goesOn);
  const own = useIsOneWork();
  const said = progress ? `${does} ${Math.min(progress.done + 1, progress.total)} of ${progress.total}` : before;
  return lasts && own && said !== null ? <Working said={said} done={progress?.done ?? 0} total={progress?.total ?? 0} /> : null;
}

function Working(progress: { said: string; done: number; total: number }) {
  const stop = useStop();
  const report = useProblemToast();
  const end = () => {
    if (stop.isIdle || stop.isError) {
      stop.mutate(undefined, { onError: report });
    }
  };
  useShortcuts({ lettersStop: end });
  return (
    <WorkProgress {...progress} label="Letters that are done" testId="letters-work">
      <Hint shortcut="lettersStop">
        <Button size="xs" variant="default" onClick={end} loading={stop.isPending || stop.isSuccess} data-testid="letters-stop">
          Stop
        </Button>
      </Hint>
    </WorkProgress>
  );
}
