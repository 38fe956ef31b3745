/** Registers for meetings until it is refused, frees a place and takes it. Waits for nothing but the server. */
import { print, settled, start } from './sdk.mjs';

const webex = await start();
const { device } = webex.internal;
await webex.meetings.register();
print('registered', { url: device.url, isConnected: webex.internal.mercury.connected });
await settled(webex);
await webex.meetings.unregister();
print('unregistered', { url: device.url ?? null });

const limit = Number(process.env.LIMIT);
const other = await start({ access_token: process.env.OTHER_TOKEN });
const held = [];
for (let count = 0; count < limit; count++) held.push(await registerRaw(webex));
const refusal = await webex.meetings.register().then(
  () => undefined,
  (error) => error,
);
print('refused', { status: refusal?.statusCode, name: refusal?.name, body: refusal?.body });
await other.meetings.register();
print('other registered');
await webex.request({ method: 'DELETE', uri: held[0] });
await webex.meetings.register();
print('registered again');
process.exit(0);

/** Another tab or machine of the same user. */
async function registerRaw(sdk) {
  const body = {
    deviceName: 'test',
    name: 'test',
    deviceType: 'WEB',
    model: 'web-js-sdk',
    localizedModel: 'webex-js-sdk',
    systemName: 'WEBEX_JS_SDK',
    systemVersion: '1.0.0',
  };
  const reply = await sdk.request({ method: 'POST', service: 'wdm', resource: 'devices', body });
  return reply.body.url;
}
