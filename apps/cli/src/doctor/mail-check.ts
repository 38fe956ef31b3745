import { inspectMails, type MailReport } from '@moothall/platform';
import type { Call } from '../command.ts';
import { readServerFile, type ServerFile } from '../server/server-file.ts';
import { databaseInReach } from './database-in-reach.ts';
import type { Check, Finding } from './finding.ts';

/** Whether mails are sent as far as this machine knows; undefined when it cannot. */
function isSent({ io }: Call, local: ServerFile | undefined): boolean | undefined {
  if (local) return local.sendsMail;
  return io.env.MOOT_MODE === 'production' ? Boolean(io.env.MOOT_SMTP_URL) : undefined;
}

function judge(
  report: MailReport,
  isProduction: boolean,
  sends: boolean | undefined,
): Omit<Finding, 'check'> {
  const { waiting, sent, dead, lastReason } = report;
  const counts = `${sent} mails sent, ${waiting} waiting, ${dead} given up`;
  if (sends === false && isProduction) {
    const remedy =
      'Set MOOT_SMTP_URL and MOOT_MAIL_FROM and start again, or nobody gets invitations and new passwords.';
    return { status: 'warn', detail: `there is no mail server; ${counts}`, remedy };
  }
  if (sends === false) return { status: 'ok', detail: `the lab keeps mails in its outbox; ${counts}` };
  if (lastReason === undefined) return { status: 'ok', detail: counts };
  const remedy = "Look for 'mail dead' and 'mail waiting' in the server's log.";
  return { status: 'warn', detail: `${counts}; the last failure: ${lastReason}`, remedy };
}

/** Whether mails are sent, and what became of them. */
export const mailCheck: Check = {
  name: 'mail',
  async run(call) {
    const local = readServerFile(call.dataDir);
    const sends = isSent(call, local);
    const isProduction = (local?.mode ?? call.io.env.MOOT_MODE) === 'production';
    const address = databaseInReach(call);
    const report = address && (await inspectMails(address));
    return judge(report ?? { waiting: 0, sent: 0, dead: 0, lastReason: undefined }, isProduction, sends);
  },
};
