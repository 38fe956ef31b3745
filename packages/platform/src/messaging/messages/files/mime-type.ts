import { fileTypeFromBuffer } from 'file-type';
import { lookup } from 'mime-types';

/** Bytes at the start of a file that its type is read from. */
export const SAMPLE_BYTES = 4100;

const UNKNOWN = 'application/octet-stream';
const ZIP = 'application/zip';
const GZIP = 'application/gzip';
const typePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/;

function declaredType(declared: string | undefined): string | undefined {
  const type = declared?.split(';')[0]?.trim().toLowerCase();
  return type !== undefined && type !== UNKNOWN && typePattern.test(type) ? type : undefined;
}

/** Looking into an archive would mean to unpack what a stranger packed; its name has to do. */
function archiveType(sample: Uint8Array, byName: string | undefined): string | undefined {
  const isZip = sample[0] === 0x50 && sample[1] === 0x4b && sample[2] === 3 && sample[3] === 4;
  const isGzip = sample[0] === 0x1f && sample[1] === 0x8b;
  if (!isZip && !isGzip) return undefined;
  const isPacked = /(zip|openxmlformats|opendocument|java-archive|epub|android|gzip|tar)/.test(byName ?? '');
  return isPacked ? byName : isZip ? ZIP : GZIP;
}

async function sniffed(sample: Uint8Array): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(sample))?.mime;
  } catch {
    // A sample is cut off; what the reader makes of that is no fact about the file.
    return undefined;
  }
}

/**
 * The media type of a file: by its first bytes, else as declared, else by its name. Nothing is
 * decompressed or decoded.
 * @param sample the first 4100 bytes, or all of a shorter file
 */
export async function mimeTypeOf(
  sample: Uint8Array,
  name: string,
  declared: string | undefined,
): Promise<string> {
  const byName = lookup(name) || undefined;
  const archive = archiveType(sample, byName);
  if (archive !== undefined) return archive;
  return (await sniffed(sample)) ?? declaredType(declared) ?? byName ?? UNKNOWN;
}
