import { Button } from "@mantine/core";
import { Hint } from "../../components/keys";
import classes from "./sign-in.module.css";

interface StepButtonsProps {
  children: string;
  testId: string;
  backTestId?: string;
  pending: boolean;
  onBack: () => void;
}

/** The foot of a step on the way in that leads back too: it goes on, or back. */
export function StepButtons({ children, testId, backTestId, pending, onBack }: StepButtonsProps) {
  return (
    <div className={classes["buttons"]}>
      <Hint shortcut="dialogDo">
        <Button type="submit" size="md" loading={pending} data-testid={testId} flex={1}>
          {children}
        </Button>
      </Hint>
      <Hint shortcut="dialogLeave" label="Back">
        <Button variant="default" size="md" onClick={onBack} disabled={pending} data-testid={backTestId}>
          Back
        </Button>
      </Hint>
    </div>
  );
}
