const bytesEach = 4;

/** Four bytes for a dotted address, a quarter of its text; undefined for anything that would not read back as it was. */
export function packIpv4(text: string): Buffer | undefined {
  const parts = text.split('.').map(Number);
  const bytes = Buffer.from(parts);
  return bytes.length === bytesEach && bytes.join('.') === text ? bytes : undefined;
}

export function unpackIpv4(bytes: Buffer): string {
  return bytes.join('.');
}
