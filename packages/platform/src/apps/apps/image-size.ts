/** Width and height of an image in pixels. */
export type ImageSize = { width: number; height: number };

const PNG_HEADER_BYTES = 24;

function pngSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < PNG_HEADER_BYTES || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Markers of a JPEG that begin a frame; these alone tell its size. DHT, JPG and DAC lie in their range. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function jpegSize(bytes: Buffer): ImageSize | undefined {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (beginsFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    // A marker may be preceded by any number of fill bytes.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** The size of a PNG or JPEG, read from its header; undefined where there is none to be read. */
export function imageSizeOf(bytes: Buffer, mimeType: 'image/png' | 'image/jpeg'): ImageSize | undefined {
  return mimeType === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
}
