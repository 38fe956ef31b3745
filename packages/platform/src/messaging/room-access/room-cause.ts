/** Who caused an event: the actor, their app, and the request. */
export type Cause = { actorId: string; appId?: string | undefined; traceId?: string | undefined };
