/** A plain PDF on US Letter: each page a list of lines, the address block where a #10 window would show it. */
export function makePdf(pages: readonly (readonly string[])[]): Uint8Array {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  objects.push("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} /MediaBox [0 0 612 792] >>`);
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const [index, lines] of pages.entries()) {
    const text = lines.map((line) => `(${escape(line)}) Tj T*`).join("\n");
    const stream = `BT /F1 11 Tf 15 TL 72 ${index === 0 ? 599 : 720} Td\n${text}\nET`;
    objects.push(`<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`);
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }

  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  body += offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(body);
}

/** The standard fonts know Latin only; other letters are drawn as `?` here, never in a real letter. */
function escape(line: string): string {
  return line
    .normalize("NFD")
    .replaceAll(/[^\u0020-\u007e]/g, (letter) => (/\p{M}/u.test(letter) ? "" : "?"))
    .replaceAll(/[\\()]/g, (letter) => `\\${letter}`);
}
