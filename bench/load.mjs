// A load generator in a process of its own. It gets a job as JSON in argv and prints what it measured as JSON.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { quantile } from './statistics.mjs';

/** @type {{origin: string, connections: number, warmUpMs: number, measureMs: number, requests: {method: string, path: string, token?: string, body?: string}[]}} */
const job = JSON.parse(readFileSync(0, 'utf8'));
const pool = new Pool(job.origin, { connections: job.connections, pipelining: 1 });
const latencies = [];
let failures = 0;
let next = 0;
let measuring = false;
let stopped = false;

const prepared = job.requests.map(({ method, path, token, body }) => ({
  method,
  path,
  ...(body && { body }),
  headers: {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(body && { 'content-type': 'application/json' }),
  },
}));

async function connection() {
  while (!stopped) {
    const request = prepared[next++ % prepared.length];
    const started = performance.now();
    const { statusCode, body } = await pool.request(request);
    await body.dump();
    if (statusCode >= 300) failures += 1;
    else if (measuring) latencies.push(performance.now() - started);
  }
}

const connections = Array.from({ length: job.connections }, connection);
await new Promise((resolve) => setTimeout(resolve, job.warmUpMs));
measuring = true;
const started = performance.now();
await new Promise((resolve) => setTimeout(resolve, job.measureMs));
measuring = false;
const seconds = (performance.now() - started) / 1000;
stopped = true;
await Promise.all(connections);
await pool.close();
latencies.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    perSecond: latencies.length / seconds,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    failures,
  }),
);
