import { timestamp, timeText } from '@moothall/contract';
import { z } from 'zod';
import { labErrors } from '../lab.errors.ts';
import { labOperation } from '../lab-operation.ts';

const testedBy = ['packages/lab/src/clock/clock.test.ts'];
const clock = z.strictObject({
  now: timeText,
  frozen: z.boolean(),
  /** World time minus real time while it runs. */
  offsetMs: z.int(),
});

/** Shows the world's clock. */
export const getClock = labOperation({
  id: 'lab.clock.get',
  method: 'GET',
  path: '/clock',
  summary: "Show the world's clock",
  response: clock,
  testedBy,
});

/** Moves the clock by a span; answers when all jobs due by then have run. */
export const advanceClock = labOperation({
  id: 'lab.clock.advance',
  method: 'POST',
  path: '/clock/advance',
  summary: 'Advance the clock and run what falls due',
  body: z.object({ by: z.string() }),
  response: clock,
  errors: [labErrors['lab.duration_invalid']],
  testedBy,
});

/** Moves the clock to a time; answers when all jobs due by then have run. */
export const setClock = labOperation({
  id: 'lab.clock.set',
  method: 'POST',
  path: '/clock/set',
  summary: 'Set the clock to a later time and run what falls due',
  body: z.object({ to: timestamp }),
  response: clock,
  errors: [labErrors['lab.clock_backwards']],
  testedBy,
});

/** Stops the clock. */
export const freezeClock = labOperation({
  id: 'lab.clock.freeze',
  method: 'POST',
  path: '/clock/freeze',
  summary: 'Stop the clock',
  response: clock,
  testedBy,
});

/** Lets a stopped clock run on from where it stands. */
export const resumeClock = labOperation({
  id: 'lab.clock.resume',
  method: 'POST',
  path: '/clock/resume',
  summary: 'Let the clock run on',
  response: clock,
  testedBy,
});

/** Answers when no job is due and all readers have caught up. */
export const waitForIdle = labOperation({
  id: 'lab.idle',
  method: 'POST',
  path: '/idle',
  summary: 'Wait until all queues are empty',
  testedBy,
});
