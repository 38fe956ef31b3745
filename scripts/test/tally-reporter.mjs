import { writeFileSync } from 'node:fs';
import { criteriaIn } from './criteria-results.mjs';

/**
 * Vitest reporter: writes what passed, failed and was skipped, and why, to the file named by TALLY_FILE.
 * With them go the results of tests that carry the id of a criterion.
 * Beside failed tests it counts as a failure: a file or suite that broke outside a test, an error that nobody
 * handled, a test that never ran, and a test skipped without a reason.
 */
export default class TallyReporter {
  /** Called once by Vitest at the end of the run. */
  onTestRunEnd(testModules, unhandledErrors) {
    const tally = { passed: 0, failed: [], skipped: [], ran: [], results: [] };
    for (const testModule of testModules) addModule(tally, testModule);
    for (const error of unhandledErrors) tally.failed.push(`unhandled error: ${error.message}`);
    writeFileSync(process.env.TALLY_FILE, JSON.stringify(tally));
  }
}

function addModule(tally, testModule) {
  const file = testModule.relativeModuleId;
  tally.ran.push(file);
  if (testModule.errors().length > 0) tally.failed.push(`${file}: could not be loaded`);
  for (const suite of testModule.children.allSuites()) {
    if (suite.errors().length > 0) tally.failed.push(`${file}: ${suite.fullName}: broke outside its tests`);
  }
  for (const test of testModule.children.allTests()) addTest(tally, file, test);
}

function addTest(tally, file, test) {
  const name = `${file}: ${test.fullName}`;
  const { state, note } = test.result();
  if (state === 'passed' || state === 'failed')
    for (const id of criteriaIn(test.fullName)) tally.results.push({ id, file, state });
  if (state === 'passed') tally.passed += 1;
  else if (state === 'failed') tally.failed.push(name);
  else if (state === 'pending') tally.failed.push(`${name}: did not run`);
  else addSkipped(tally, name, skipReason(test, note));
}

function addSkipped(tally, name, reason) {
  if (reason) tally.skipped.push({ name, reason });
  else
    tally.failed.push(
      `${name}: skipped without a reason; use context.skip('why') or a name with (needs ...)`,
    );
}

/** `context.skip('why')` tells in its note, `describe.skipIf(...)('name (needs what)')` in the name. */
function skipReason(test, note) {
  if (note) return note;
  const need = /\((needs [^)]+)\)/.exec(test.fullName);
  if (need) return need[1];
  // With a name pattern everything else is left out on purpose; after a broken suite the break is reported.
  if (test.project.config.testNamePattern) return 'left out by the name pattern';
  for (let parent = test.parent; parent?.type === 'suite'; parent = parent.parent) {
    if (parent.errors().length > 0) return 'its suite broke';
  }
  return undefined;
}
