import type { TestPerson, TestPlatform } from '@moothall/testkit';
import * as kms from 'node-kms';

/** What a reply says; looked at by name. */
export type KmsAnswer = ReturnType<typeof JSON.parse>;

/** A program with the SDK's own client of the key service. */
export class KmsClient {
  readonly kit: TestPlatform;
  readonly person: TestPerson;
  readonly registrationId: string;
  readonly context: kms.Context;
  channel: kms.KmsKey | undefined;
  cluster = '';

  private constructor(kit: TestPlatform, person: TestPerson, deviceUrl: string) {
    this.kit = kit;
    this.person = person;
    this.registrationId = deviceUrl.split('/').at(-1)!;
    this.context = new kms.Context();
    this.context.clientInfo = {
      clientId: deviceUrl,
      credential: { userId: person.id, bearer: person.token },
    };
  }

  /** Registers a device, without a channel yet. */
  static async registered(kit: TestPlatform, person: TestPerson): Promise<KmsClient> {
    const device = await person.api.post('/wdm/api/v1/devices', { name: 'Tab', deviceType: 'WEB' });
    const client = new KmsClient(kit, person, device.body.url);
    const { body } = await person.api.get(`/encryption/api/v1/kms/${person.id}`);
    client.cluster = body.kmsCluster;
    client.context.serverInfo = { key: JSON.parse(body.rsaPublicKey) };
    return client;
  }

  /** Registers a device and begins a channel. */
  static async connected(kit: TestPlatform, person: TestPerson): Promise<KmsClient> {
    const client = await KmsClient.registered(kit, person);
    const answer = await client.handshake();
    client.channel = await client.context.deriveEphemeralKey(answer.key);
    client.context.ephemeralKey = client.channel;
    return client;
  }

  /** Asks for a channel. @param change what the request says otherwise */
  async handshake(change: Record<string, unknown> = {}): Promise<KmsAnswer> {
    const local = await this.context.createECDHKey();
    this.context.ephemeralKey = local;
    const jwk = (await local.asKey()).toJSON();
    const request = { uri: `${this.cluster}/ecdhe`, method: 'create', jwk, ...change };
    return this.answerTo(await new kms.Request(request).wrap(this.context, { serverKey: true }));
  }

  /** Encrypts a request for the channel. */
  wrap(request: Record<string, unknown>): Promise<string> {
    return new kms.Request(request).wrap(this.context);
  }

  /** Posts messages as they are. */
  post(messages: readonly unknown[]) {
    const body = { destination: this.cluster, kmsMessages: messages };
    return this.person.api.post('/encryption/api/v1/kms/messages', body);
  }

  /** Texts of the replies to this registration so far. */
  async replies(): Promise<string[]> {
    const events = (await this.kit.events()).filter(({ resource }) => resource === 'kmsReplies');
    return events
      .filter(({ data }) => data.registrationId === this.registrationId)
      .map(({ data }) => String(data.message));
  }

  /** Opens a reply. */
  open(reply: string): Promise<KmsAnswer> {
    return new kms.Response(reply).unwrap(this.context);
  }

  /** Posts an encrypted message and opens its reply. */
  async answerTo(message: string): Promise<KmsAnswer> {
    const before = (await this.replies()).length;
    const { status, text } = await this.post([message]);
    if (status !== 202) throw new Error(`${status} ${text}`);
    const replies = await this.replies();
    if (replies.length !== before + 1) throw new Error('there is no reply');
    return this.open(replies.at(-1)!);
  }

  /** Asks something by the channel. */
  async ask(method: string, uri: string, more: Record<string, unknown> = {}): Promise<KmsAnswer> {
    return this.answerTo(await this.wrap({ method, uri, ...more }));
  }
}
