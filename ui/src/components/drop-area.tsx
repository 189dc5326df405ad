import { useFilesOver } from "../lib/use-dropped-files";
import classes from "./drop-area.module.css";
import { Icon } from "./icon";

interface DropAreaProps {
  /** What becomes of files that are let go here; nothing is taken where it says why not. */
  title: string;
  text: string;
  takes: boolean;
}

/** Covers the page while files are held over the window, and says what letting them go does. */
export function DropArea({ title, text, takes }: DropAreaProps) {
  if (!useFilesOver()) {
    return null;
  }
  return (
    <div className={classes["area"]} role="status" data-takes={takes} data-testid="drop-area">
      <div className={classes["card"]}>
        <span className={classes["icon"]}>
          <Icon name={takes ? "save" : "warning"} size={32} />
        </span>
        <p className={classes["title"]}>{title}</p>
        <p className={classes["text"]}>{text}</p>
      </div>
    </div>
  );
}
