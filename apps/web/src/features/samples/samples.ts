/** A call that is shown as code. */
export type SampleCall = {
  method: 'GET' | 'POST';
  url: string;
  /** Of the header Authorization: a bearer token. */
  token?: string;
  /** Fields of a form; of a call that sends one. */
  form?: Readonly<Record<string, string>>;
  /** Fields of a JSON body; of a call that sends one. */
  json?: Readonly<Record<string, string>>;
};

/** Languages that calls are shown in. */
export const sampleLanguages = ['curl', 'node', 'python'] as const;

/** A language that calls are shown in. */
export type SampleLanguage = (typeof sampleLanguages)[number];

/** For a shell: nothing between single quotes is read by it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function curl({ method, url, token, form, json }: SampleCall): string {
  const parts = [
    `curl ${method === 'POST' && !form && !json ? '-X POST ' : ''}${quoted(url)}`,
    ...(token === undefined ? [] : [`-H ${quoted(`Authorization: Bearer ${token}`)}`]),
    ...Object.entries(form ?? {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
    ...(json ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(json))}`] : []),
  ];
  return parts.join(' \\\n  ');
}

function fieldsOf(fields: Readonly<Record<string, string>>, indent: string): string[] {
  return Object.entries(fields).map(([name, value]) => `${indent}${name}: ${JSON.stringify(value)},`);
}

function node({ method, url, token, form, json }: SampleCall): string {
  const headers = [
    ...(token === undefined ? [] : [`    Authorization: ${JSON.stringify(`Bearer ${token}`)},`]),
    ...(json ? [`    'Content-Type': 'application/json',`] : []),
  ];
  const body = form
    ? [`  body: new URLSearchParams({`, ...fieldsOf(form, '    '), '  }),']
    : json
      ? [`  body: JSON.stringify({`, ...fieldsOf(json, '    '), '  }),']
      : [];
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...body,
  ];
  return [
    `const reply = await fetch(${JSON.stringify(url)}, {`,
    ...options,
    '});',
    'console.log(reply.status, await reply.json());',
  ].join('\n');
}

function python({ method, url, token, form, json }: SampleCall): string {
  const fields = form ?? json;
  const body = fields
    ? [
        `    ${form ? 'data' : 'json'}={`,
        ...Object.entries(fields).map(
          ([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
        ),
        '    },',
      ]
    : [];
  return [
    'import requests',
    '',
    `reply = requests.${method.toLowerCase()}(`,
    `    ${JSON.stringify(url)},`,
    ...(token === undefined ? [] : [`    headers={"Authorization": ${JSON.stringify(`Bearer ${token}`)}},`]),
    ...body,
    ')',
    'print(reply.status_code, reply.json())',
  ].join('\n');
}

const writers: Record<SampleLanguage, (call: SampleCall) => string> = { curl, node, python };

/** A call as code that runs as it stands. Node is 18 or later; Python needs the package requests. */
export function sampleOf(language: SampleLanguage, call: SampleCall): string {
  return writers[language](call);
}
