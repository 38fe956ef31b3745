import { decideDeviceRequest, type getDeviceRequest } from '@moothall/platform/contracts';
import { useState } from 'react';
import type { ReplyOf } from '../../data/operation-input.ts';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AskedScopes, AskingApp } from './asking-app.tsx';
import { Barriers } from './barriers.tsx';

/** What a device asks for, with the two answers. */
export function DeviceRequest({
  request,
  userCode,
}: {
  request: ReplyOf<typeof getDeviceRequest>;
  userCode: string;
}) {
  const decide = useAction(decideDeviceRequest);
  const [approved, setApproved] = useState<boolean>();
  const answer = (wanted: boolean) => {
    setApproved(wanted);
    decide.mutate({ body: { userCode, approved: wanted } });
  };
  if (decide.isSuccess)
    return (
      <Notice tone="success" live title={approved ? 'The device is connected' : 'Nothing was allowed'}>
        <p>
          {approved ? 'It goes on by itself in a few seconds.' : 'The device is told so.'} You can close this
          page.
        </p>
      </Notice>
    );
  const mayAgree = request.barrier === undefined && request.lackingRoles.length === 0;
  return (
    <Stack gap="loose">
      <AskingApp client={request.client} />
      <Notice tone="warning" title="Only go on if you started this">
        <p>
          The device should show the code <strong>{userCode}</strong>. Whoever sent you a code wants to act as
          you.
        </p>
      </Notice>
      <Barriers request={request} />
      <AskedScopes request={request} />
      {decide.error && <ErrorNotice error={decide.error} />}
      <Row>
        <Button
          variant="primary"
          busy={decide.isPending && approved === true}
          disabled={!mayAgree || decide.isPending}
          onClick={() => answer(true)}
        >
          Accept
        </Button>
        <Button
          busy={decide.isPending && approved === false}
          disabled={decide.isPending}
          onClick={() => answer(false)}
        >
          Decline
        </Button>
      </Row>
    </Stack>
  );
}
