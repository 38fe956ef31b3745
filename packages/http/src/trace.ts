/** A step of a decision: which check, whether it passed, and the fact it turned on. */
export type TraceStep = {
  check: 'token' | 'scope' | 'role' | 'licence' | 'relation' | 'policy';
  passed: boolean;
  detail: string;
};

/** What a request's decisions were made of; `why` reads it. */
export type Trace = {
  trackingId: string;
  steps: TraceStep[];
  /** True cause of a refusal, never on the wire. */
  cause?: string;
};
