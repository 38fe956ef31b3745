const areas = '(?:identity|messaging|people|meetings|devices|apps|compliance|admin|sdk)';
const slice = `^packages/platform/src/(${areas})/([^/]+)/`;
const anySlice = `^packages/platform/src/${areas}/[^/]+/`;
const browserSafe = '\\.(contract|errors)\\.ts$';
const browserContracts = '^packages/platform/src/contracts\\.ts$';
const labContracts = '^packages/lab/src/contracts\\.ts$';
const labBrowserSafe = '^packages/lab/(.*\\.contract|.*\\.errors|src/page-twin|src/lab-operation)\\.ts$';
const testCode = '\\.test\\.tsx?$|/test-[^/]+\\.ts$|^packages/testkit/';

/** Which of our packages each package may import; a package that is not named here may import none of them. */
const mayImport = {
  core: [],
  contract: ['core'],
  store: ['core'],
  http: ['contract', 'core'],
  platform: ['http', 'store', 'contract', 'core'],
  realtime: ['platform', 'http', 'store', 'contract', 'core'],
  media: ['platform', 'http', 'store', 'contract', 'core'],
  'sdk-plane': ['realtime', 'platform', 'http', 'store', 'contract', 'core'],
  lab: ['platform', 'http', 'store', 'contract', 'core'],
  client: ['platform', 'contract', 'core'],
  device: ['client', 'contract', 'core'],
  embedded: ['client', 'contract', 'core'],
};

/**
 * The rules of the import gate, in dependency-cruiser's form; design: apps -> platform, lab -> http -> contract
 * -> core, and everything on the server side -> store -> core.
 */
export const importRules = [
  forbid('no cycles', {}, { circular: true }),
  forbid('every import resolves', {}, { couldNotResolve: true }),
  forbid(
    'nothing but a test imports a test or the testkit',
    { pathNot: `${testCode}|^tests/|^bench/` },
    { path: testCode },
  ),
  ...directionRules(),
  ...sliceRules(),
  ...labRules(),
  ...libraryRules(),
];

function forbid(name, from, to) {
  return { name, severity: 'error', from, to };
}

function directionRules() {
  const perPackage = Object.entries(mayImport).map(([name, allowed]) =>
    forbid(
      `packages/${name} imports ${allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other package of ours'}`,
      { path: `^packages/${name}/`, pathNot: testCode },
      { path: '^(packages|apps)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/|${testCode}` },
    ),
  );
  return [
    ...perPackage,
    forbid(
      'a new package must be given its place in import-rules.mjs',
      { path: '^packages/', pathNot: `^packages/(${Object.keys(mayImport).join('|')}|testkit)/` },
      { path: '^(packages|apps)/[^/]+/', pathNot: '^packages/($1)/' },
    ),
    forbid(
      'apps/web runs in a browser: of ours only client, contract, core and the contracts of platform and lab',
      { path: '^apps/web/' },
      {
        path: '^packages/',
        pathNot: `^packages/(client|contract|core)/|${browserContracts}|${labContracts}`,
      },
    ),
    forbid(
      'apps/web runs in a browser: nothing of Node',
      { path: '^apps/web/' },
      { dependencyTypes: ['core'] },
    ),
    forbid('packages import no app', { path: '^packages/' }, { path: '^apps/' }),
    forbid(
      'an app imports no other app',
      { path: '^apps/([^/]+)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
  ];
}

function sliceRules() {
  return [
    forbid(
      'a slice imports another slice only through its index.ts',
      { path: slice, pathNot: browserSafe },
      { path: anySlice, pathNot: `^packages/platform/src/$1/$2/|${anySlice}index\\.ts$` },
    ),
    forbid(
      'outside the slices only index.ts, contracts, errors and tables of a slice are imported',
      { path: '^packages/platform/src/', pathNot: `${anySlice}|${testCode}|${browserContracts}` },
      { path: anySlice, pathNot: `${anySlice}(index|[^/]+\\.(contract|errors|table))\\.ts$` },
    ),
    forbid(
      'contracts and errors run in a browser: they import only zod, contract, core and each other',
      { path: browserSafe, pathNot: '^packages/(lab|sdk-plane)/' },
      { pathNot: `${browserSafe}|^packages/(contract|core)/|(^|/)node_modules/zod/` },
    ),
    forbid(
      'what the platform exports to browsers is nothing but contracts and errors',
      { path: browserContracts },
      { pathNot: browserSafe },
    ),
    forbid(
      'core and contract run in a browser: nothing of Node',
      { path: '^packages/(core|contract)/', pathNot: testCode },
      { dependencyTypes: ['core'] },
    ),
  ];
}

function labRules() {
  return [
    forbid(
      'only apps/server, the testkit and tests import the lab, and pages its contracts',
      { path: '^(packages|apps)/', pathNot: `^packages/lab/|^apps/server/|${testCode}` },
      { path: '^packages/lab/', pathNot: labContracts },
    ),
    forbid(
      'what the lab exports to browsers, and what that imports, runs in a browser',
      { path: `${labContracts}|${labBrowserSafe}` },
      { pathNot: `${labBrowserSafe}|^packages/(contract|core)/|${browserContracts}|(^|/)node_modules/zod/` },
    ),
    forbid(
      'production never loads the lab: apps/server imports it dynamically',
      { path: '^apps/server/', pathNot: testCode },
      { path: '^packages/lab/', dynamic: false },
    ),
  ];
}

function libraryRules() {
  const sqlPlaces = [
    '^packages/store/',
    '^packages/lab/',
    '^packages/platform/src/[^/]+\\.ts$',
    '^packages/platform/src/world/',
    '\\.(store|table)\\.ts$',
    '^tests/',
    testCode,
  ];
  return [
    forbid(
      'fastify is known to packages/http only',
      { path: '^(packages|apps)/', pathNot: '^packages/http/' },
      { path: '(^|/)node_modules/(fastify|@fastify)/' },
    ),
    forbid(
      'SQL is known to the store, *.store.ts, *.table.ts, the wiring of the world, the lab and tests only',
      { path: '^(packages|apps)/', pathNot: sqlPlaces.join('|') },
      { path: '(^|/)node_modules/(@types/)?(pg|pg-pool|kysely)/' },
    ),
  ];
}
