import { ApiError, decodeWireUuid } from '@moothall/core';
import type { Mount } from '@moothall/http';
import {
  type Composition,
  compositionsOf,
  setPresence,
  sharePresence,
  subscribeToPresence,
  type World,
} from '@moothall/platform';
import { getComposition, listCompositions, postEvent, setFeature, subscribe } from './apheleia.contract.ts';
import { apheleiaErrors } from './apheleia.errors.ts';
import { presentComposition } from './apheleia.present.ts';

const SHARING = 'user-presence-enabled';

/** Ties the operations of presence to their handlers. */
export function mountApheleia(mount: Mount, world: World): void {
  const present = (baseUrl: string, composition: Composition) =>
    presentComposition(baseUrl, composition, world.clock.nowMs());
  mount(getComposition, async (request) => {
    const [found] = await compositionsOf(world, request, [request.query.userId]);
    return present(request.baseUrl, found!);
  });
  mount(listCompositions, async (request) => {
    const found = await compositionsOf(world, request, request.body.subjects);
    return { statusList: found.map((one) => present(request.baseUrl, one)) };
  });
  mount(subscribe, async (request) => {
    const { subjects, subscriptionTtl: ttlSeconds } = request.body;
    const outcomes = await subscribeToPresence(world, request, { subjects, ttlSeconds });
    const url = `${request.baseUrl}/apheleia/api/v1/subscriptions`;
    const responses = outcomes.map((outcome) => ({
      url,
      subject: outcome.subject,
      responseCode: outcome.presence ? 200 : 404,
      subscriptionTtl: outcome.ttlSeconds,
      status: present(request.baseUrl, outcome),
    }));
    return { responses };
  });
  mount(postEvent, async (request) => {
    const { subject, eventType: status, label, ttl: ttlSeconds } = request.body;
    const personId = decodeWireUuid(['PEOPLE'], subject);
    const presence = await setPresence(world, request, personId, { status, label, ttlSeconds });
    return present(request.baseUrl, { subject, presence });
  });
  mount(setFeature, async (request) => {
    const { key, val } = request.body;
    const value = val === true || val === 'true';
    if (key !== SHARING) throw new ApiError(apheleiaErrors['feature.not_built']);
    await sharePresence(world, request, request.params.userId, value);
    const lastModified = world.clock.now().toISOString();
    return { key, val: String(value), value, type: 'USER' as const, mutable: true as const, lastModified };
  });
}
