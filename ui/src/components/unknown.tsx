import { VisuallyHidden } from "@mantine/core";

/** A value nobody has told us. It is never guessed. */
export function Unknown() {
  return (
    <>
      <span aria-hidden="true" style={{ color: "var(--desk-text-3)" }}>
        –
      </span>
      <VisuallyHidden>unknown</VisuallyHidden>
    </>
  );
}
