import type { Call, Command } from '../command.ts';
import type { Check, Finding } from '../doctor/finding.ts';
import { table } from '../output/render.ts';

async function find({ name, run }: Check, call: Call): Promise<Finding> {
  try {
    return { check: name, ...(await run(call)) };
  } catch (error) {
    return { check: name, status: 'fail', detail: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, status, detail, remedy }) => [
    status === 'fail' ? 'FAIL' : status,
    check,
    remedy === undefined ? detail : `${detail}. ${remedy}`,
  ]);
  return table(rows);
}

/** Looks whether this machine, the data folder and the server are in order. */
export const doctor: Command = {
  name: 'doctor',
  summary:
    'Check Node, PostgreSQL, data folder, disk, port, certificate, server, database, queues, mail and clock',
  needs: ['data', 'lab'],
  examples: ['moot doctor', 'moot doctor --data /var/lib/moothall --json'],
  async run(call) {
    const { machineChecks } = await import('../doctor/machine-checks.ts');
    const { worldChecks } = await import('../doctor/world-checks.ts');
    const findings: Finding[] = [];
    for (const check of [...machineChecks, ...worldChecks]) findings.push(await find(check, call));
    const failed = findings.some(({ status }) => status === 'fail');
    return { document: { healthy: !failed, checks: findings }, text: textOf(findings), failed };
  },
};
