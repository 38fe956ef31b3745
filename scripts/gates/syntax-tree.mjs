import { parseAst } from 'rolldown/parseAst';

/**
 * Parses a source file.
 * @param {{path: string, text: string}} file
 * @returns {object} ESTree program with TypeScript nodes; `start` and `end` are offsets into the text
 * @throws {Error} naming the file when it does not parse
 */
export function parse({ path, text }) {
  const lang = path.endsWith('.tsx') ? 'tsx' : path.endsWith('.ts') ? 'ts' : 'js';
  try {
    return parseAst(text, { lang });
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
}

/**
 * Calls `visit` for each node of a tree, parents first.
 * @param {object} node
 * @param {(node: object) => void} visit
 */
export function eachNode(node, visit) {
  visit(node);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) descend(item, visit);
    else descend(value, visit);
  }
}

function descend(value, visit) {
  if (value && typeof value.type === 'string') eachNode(value, visit);
}

/**
 * @param {string} text
 * @param {number} offset
 * @returns {number} line of the offset, from 1
 */
export function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}
