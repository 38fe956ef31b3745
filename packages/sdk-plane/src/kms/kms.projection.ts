import { kmsCluster } from '@moothall/platform';
import type { Frame, Projection } from '@moothall/realtime';
import type { FollowedEvent } from '@moothall/store';

function frameOf({ dataId, traceId, data }: FollowedEvent): Frame {
  const { registrationId, message } = data as { registrationId: string; message: string };
  const text = JSON.stringify({
    eventType: 'encryption.kms_message',
    encryption: { destination: kmsCluster, kmsMessages: [message] },
  });
  return {
    audience: { registrationId },
    id: dataId,
    trackingId: traceId ?? `KMS_${dataId}`,
    render: () => text,
  };
}

/** Replies of the key service, each for the socket of the registration that asked. */
export const kmsReplyFrames: Projection = {
  name: 'kms-replies',
  resources: ['kmsReplies'],
  project: (_world, events) => events.map((event) => (event.event === 'created' ? [frameOf(event)] : [])),
};
