import type { Uuid } from '@moothall/core';
import type { AnyBody, Sink, TestPerson, TestPlatform } from '@moothall/testkit';

/** A webhook with a path of its own on a sink. */
export type Hook = {
  path: string;
  wire: AnyBody;
  id: Uuid;
  /** Bodies that it got so far. */
  got(): AnyBody[];
  /** `resource:event` of each. */
  pairs(): string[];
  status(): Promise<string>;
};

/** What a test of deliveries does, again and again. */
export function deliveryTest(kit: TestPlatform, sink: Sink) {
  let count = 0;
  const idle = () => kit.platform.idle();
  return {
    idle,
    /** Makes a webhook of a person. */
    async listen(
      person: TestPerson,
      resource: string,
      event: string,
      more: Record<string, unknown> = {},
    ): Promise<Hook> {
      const path = `/hook-${++count}`;
      const request = { name: `Hook ${count}`, targetUrl: sink.url + path, resource, event, ...more };
      const { status, body } = await person.api.post('/webhooks', request);
      if (status !== 200) throw new Error(`no webhook was made: ${body.message}`);
      return {
        path,
        wire: body,
        id: atob(body.id).split('/').at(-1) as Uuid,
        got: () => sink.at(path).map((request) => request.body),
        pairs: () => sink.at(path).map(({ body: { resource: what, event: how } }) => `${what}:${how}`),
        status: async () => (await person.api.get(`/webhooks/${body.id}`)).body.status,
      };
    },
    /** A room of a person with others in it. */
    async room(owner: TestPerson, title: string, ...people: TestPerson[]): Promise<string> {
      const { body } = await owner.api.post('/rooms', { title });
      for (const { wireId } of people)
        await owner.api.post('/memberships', { roomId: body.id, personId: wireId });
      return body.id;
    },
    async say(person: TestPerson, roomId: string, text: string): Promise<AnyBody> {
      return (await person.api.post('/messages', { roomId, text })).body;
    },
    async withFrozenClock(work: () => Promise<void>): Promise<void> {
      kit.world.clock.freeze();
      try {
        await work();
      } finally {
        kit.world.clock.resume();
      }
    },
    /** Moves the clock on, and waits for what is due then. */
    async pass(seconds: number): Promise<void> {
      kit.world.clock.advance(seconds * 1000);
      await idle();
    },
  };
}
