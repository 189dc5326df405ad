/** A PNG in shades of gray, drawn dot by dot; nothing is compressed. */
export function makePng(width: number, height: number, shade: (x: number, y: number) => number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = shade(x, y);
    }
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head[8] = 8;
  return joined([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk("IHDR", head), chunk("IDAT", stored(rows)), chunk("IEND", new Uint8Array())]);
}

/** A zlib stream of stored blocks. */
function stored(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < bytes.length; at += 65_535) {
    const part = bytes.subarray(at, at + 65_535);
    const last = at + part.length >= bytes.length ? 1 : 0;
    parts.push(Uint8Array.of(last, part.length & 255, part.length >> 8, ~part.length & 255, (~part.length >> 8) & 255), part);
  }
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  parts.push(Uint8Array.of(high >> 8, high & 255, low >> 8, low & 255));
  return joined(parts);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit += 1) {
    sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return sum;
});

function chunk(name: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const content = joined([new TextEncoder().encode(name), body]);
  let sum = 0xffff_ffff;
  for (const byte of content) {
    sum = (TABLE[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
  }
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, body.length);
  ends.setUint32(4, ~sum >>> 0);
  return joined([new Uint8Array(ends.buffer, 0, 4), content, new Uint8Array(ends.buffer, 4, 4)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
