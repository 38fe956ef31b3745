import { parse } from 'content-disposition';

const LONGEST_NAME = 255;
const FALLBACK = 'file';
// Controls would break headers and lines; the others turn the reading direction, which hides a name's ending.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be taken out
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A file name without folders, control characters and turns of direction, 255 characters at most. */
export function safeFileName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const clean = last.toWellFormed().replace(unsafe, '').trim();
  const short = [...clean].slice(-LONGEST_NAME).join('');
  return short === '' || short === '.' || short === '..' ? FALLBACK : short;
}

function dispositionName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return parse(header).parameters.filename;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The name of a file that was fetched: what its server says, else the last part of the path (decided). */
export function fetchedFileName(url: string, disposition: string | undefined): string {
  return safeFileName(dispositionName(disposition) || decoded(new URL(url).pathname));
}
