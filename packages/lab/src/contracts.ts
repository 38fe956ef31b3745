// What runs in a browser of the lab: the operations of its plane, as our own pages call them.

import * as clock from './clock/clock.contract.ts';
import * as faults from './faults/faults.contract.ts';
import * as inspector from './inspect/inspect.contract.ts';
import * as mails from './mails/lab-mails.contract.ts';
import { pageTwinOf } from './page-twin.ts';
import * as tokens from './tokens/lab-tokens.contract.ts';
import * as webhooks from './webhooks/lab-webhooks.contract.ts';

/** Operations of the lab for pages that people look at. Absent in production, where calls are answered with 404. */
export const labPages = {
  getClock: pageTwinOf(clock.getClock),
  advanceClock: pageTwinOf(clock.advanceClock),
  setClock: pageTwinOf(clock.setClock),
  freezeClock: pageTwinOf(clock.freezeClock),
  resumeClock: pageTwinOf(clock.resumeClock),
  listFaults: pageTwinOf(faults.listFaults),
  addFault: pageTwinOf(faults.addFault),
  removeFault: pageTwinOf(faults.removeFault),
  clearFaults: pageTwinOf(faults.clearFaults),
  listExchanges: pageTwinOf(inspector.listExchanges),
  showExchange: pageTwinOf(inspector.showExchange),
  resendExchange: pageTwinOf(inspector.resendExchange),
  exportHar: pageTwinOf(inspector.exportHar),
  listEvents: pageTwinOf(inspector.listEvents),
  why: pageTwinOf(inspector.why),
  listDeliveries: pageTwinOf(webhooks.listLabDeliveries),
  redeliver: pageTwinOf(webhooks.redeliverDelivery),
  listMails: pageTwinOf(mails.listLabMails),
  listPeople: pageTwinOf(tokens.listLabPeople),
  mintToken: pageTwinOf(tokens.mintLabToken),
} as const;
