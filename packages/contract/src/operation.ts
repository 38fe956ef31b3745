import type { ErrorDefinition, RuleSource } from '@moothall/core';
import type { z } from 'zod';
import type { Access } from './access.ts';

/** HTTP methods of operations. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How far an operation is built, and which tests prove it (paths from the repository's root). */
export type Coverage = { status: 'done' | 'partial'; testedBy: readonly string[]; note?: string };

/** Body of an operation that answers JSON, text or bytes, nothing, or another address. */
export type ResponseKind = 'json' | 'empty' | 'bytes' | 'redirect';

/**
 * Who speaks at an operation: programs with bearer tokens, OAuth clients (their own form of errors), or
 * our own web pages (a session's cookie, and never a bearer token).
 */
export type Plane = 'rest' | 'oauth' | 'page';

/**
 * That an operation works on but is not for new work: the days (`2026-11-01`) since when, and until when it works
 * at least. Replies say so in the headers Deprecation (RFC 9745) and Sunset (RFC 8594).
 */
export type Deprecation = { since: string; sunset?: string };

/** What an operation declares. Everything that lists operations reads these fields. */
export type OperationSpec<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  /** `resource.verb`, unique. */
  id: string;
  method: Method;
  /** Path below `base`, with `{name}` for parameters. */
  path: string;
  /** Prefix of the path; `/v1` unless said. */
  base?: string;
  /** `rest` unless said. */
  plane?: Plane;
  summary: string;
  /** Absent: no token is asked for. */
  access?: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Wire form of the reply; absent for an empty or byte reply. */
  response?: Response;
  /** `empty` answers 204; `json` is the default where `response` is given. */
  replies?: ResponseKind;
  /** Statuses of success beside the usual one, such as 206 for what was done in part. */
  otherSuccesses?: readonly number[];
  /** The body may come as multipart/form-data with files. */
  multipart?: boolean;
  /** Nobody looks at the body, of whatever type: it is read to its end and forgotten. */
  discardsBody?: boolean;
  /** Errors beyond the general ones that it may answer. */
  errors?: readonly ErrorDefinition[];
  /** Absent for what is supported without an end in sight. */
  deprecated?: Deprecation;
  source: RuleSource;
  coverage: Coverage;
};

/** An operation with its types. */
export type Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = OperationSpec<Params, Query, Body, Response> & { base: string; fullPath: string; replies: ResponseKind };

/** Declares an operation. */
export function operation<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodUndefined,
>(spec: OperationSpec<Params, Query, Body, Response>): Operation<Params, Query, Body, Response> {
  const base = spec.base ?? '/v1';
  return {
    ...spec,
    base,
    fullPath: base + spec.path,
    replies: spec.replies ?? (spec.response ? 'json' : 'empty'),
  };
}
