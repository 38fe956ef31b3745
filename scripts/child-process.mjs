import { spawn } from 'node:child_process';

const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Runs a program to its end without a standard input. A signal that ends us ends the child too.
 * @param {string} command program
 * @param {string[]} args its arguments
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void}} [options]
 *   `onOutput` gets both streams as they come, beside their being collected
 * @returns {Promise<{code: number, stdout: string, stderr: string}>} `code` is 1 when a signal ended the child
 */
export function run(command, args, options = {}) {
  const { onOutput, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
    const collected = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        collected[stream] += text;
        onOutput?.(text);
      });
    }
    const stopForwarding = endWith(child);
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code) => {
      stopForwarding();
      resolve({ code: code ?? 1, ...collected });
    });
  });
}

/** Passes the signals that end us on to the child; the returned function stops that. */
function endWith(child) {
  const forward = (signal) => {
    child.kill(signal);
    process.exit(1);
  };
  for (const signal of endings) process.once(signal, forward);
  return () => {
    for (const signal of endings) process.off(signal, forward);
  };
}

/**
 * Runs tasks, at most `width` at a time, and returns their results in order.
 * @template T
 * @param {Array<() => Promise<T>>} tasks
 * @param {number} width
 * @returns {Promise<T[]>}
 */
export async function inParallel(tasks, width) {
  const results = new Array(tasks.length);
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, tasks.length) }, lane));
  return results;
}
