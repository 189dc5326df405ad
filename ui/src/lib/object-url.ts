/** An address of bytes in this window, until it is let go with `URL.revokeObjectURL`. */
export function objectUrl(bytes: Uint8Array, type: string): string {
  // A copy of its own: the bytes may lie in a buffer that is shared.
  return URL.createObjectURL(new Blob([bytes.slice()], { type }));
}
