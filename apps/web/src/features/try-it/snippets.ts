import type { ApiRequest } from './draft.ts';

/** A request as a program of some language says it; the token is left to its environment. */
export type Snippet = { language: 'curl' | 'Node' | 'Python'; text: string };

/** The same request for curl, Node and Python. */
export function snippetsOf(request: ApiRequest, baseUrl: string, hasToken: boolean): Snippet[] {
  return [
    { language: 'curl', text: curlOf(request, baseUrl, hasToken) },
    { language: 'Node', text: nodeOf(request, baseUrl, hasToken) },
    { language: 'Python', text: pythonOf(request, baseUrl, hasToken) },
  ];
}

/** A text in single quotes for a shell. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fieldsOf(form: FormData): [string, string][] {
  return [...form].map(([name, value]) => [name, typeof value === 'string' ? value : `@${value.name}`]);
}

function curlOf({ method, path, contentType, body }: ApiRequest, baseUrl: string, hasToken: boolean): string {
  const data =
    body instanceof FormData
      ? fieldsOf(body).map(([name, value]) => `--form ${shellQuoted(`${name}=${value}`)}`)
      : [body !== undefined && `--data ${shellQuoted(body)}`];
  const lines = [
    `curl --request ${method} ${shellQuoted(baseUrl + path)}`,
    hasToken && '--header "Authorization: Bearer $TOKEN"',
    contentType !== undefined && `--header ${shellQuoted(`Content-Type: ${contentType}`)}`,
    ...data,
  ];
  return lines.filter(Boolean).join(' \\\n  ');
}

function nodeOf({ method, path, contentType, body }: ApiRequest, baseUrl: string, hasToken: boolean): string {
  const isForm = body instanceof FormData;
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    hasToken && '    Authorization: `Bearer ${process.env.TOKEN}`,',
    contentType !== undefined && `    'Content-Type': '${contentType}',`,
  ].filter(Boolean);
  const form = isForm
    ? fieldsOf(body).map(([name, value]) => `form.append('${name}', ${nodeValue(value)});`)
    : [];
  return [
    ...(isForm ? ["import { openAsBlob } from 'node:fs';", 'const form = new FormData();', ...form] : []),
    `const response = await fetch(${JSON.stringify(baseUrl + path)}, {`,
    `  method: '${method}',`,
    ...(headers.length > 0 ? ['  headers: {', ...(headers as string[]), '  },'] : []),
    ...(body === undefined ? [] : [`  body: ${isForm ? 'form' : JSON.stringify(body)},`]),
    '});',
    'console.log(response.status, await response.text());',
  ].join('\n');
}

function nodeValue(value: string): string {
  return value.startsWith('@')
    ? `await openAsBlob('${value.slice(1)}'), '${value.slice(1)}'`
    : JSON.stringify(value);
}

function pythonOf(
  { method, path, contentType, body }: ApiRequest,
  baseUrl: string,
  hasToken: boolean,
): string {
  const headers = [
    hasToken && `        "Authorization": f"Bearer {os.environ['TOKEN']}",`,
    contentType !== undefined && `        "Content-Type": "${contentType}",`,
  ].filter(Boolean);
  return [
    ...(hasToken ? ['import os'] : []),
    'import requests',
    '',
    'response = requests.request(',
    `    "${method}",`,
    `    ${JSON.stringify(baseUrl + path)},`,
    ...(headers.length > 0 ? ['    headers={', ...(headers as string[]), '    },'] : []),
    ...pythonBody(body),
    ')',
    'print(response.status_code, response.text)',
  ].join('\n');
}

function pythonBody(body: ApiRequest['body']): string[] {
  if (body === undefined) return [];
  if (!(body instanceof FormData)) return [`    data=${JSON.stringify(body)}.encode(),`];
  const parts = fieldsOf(body).map(([name, value]) =>
    value.startsWith('@')
      ? `"${name}": open("${value.slice(1)}", "rb")`
      : `"${name}": (None, ${JSON.stringify(value)})`,
  );
  return [`    files={${parts.join(', ')}},`];
}
