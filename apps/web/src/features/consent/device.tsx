import { getDeviceRequest } from '@moothall/platform/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSearchText } from '../../app/use-search.ts';
import { useRead } from '../../data/use-operation.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { DeviceRequest } from './device-request.tsx';

/** Where a device without a browser sends people: they give its code, and say whether it may go on. */
export default function Device() {
  const userCode = useSearchText('user_code');
  return (
    <Page title="Connect a device" lead="For a device or program that shows you a code.">
      {userCode === undefined ? <CodeForm /> : <Asked userCode={userCode} />}
    </Page>
  );
}

function CodeForm() {
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const navigate = useNavigate();
  const submit = async () => {
    setMissing(code.trim() === '');
    if (code.trim() !== '') await navigate({ to: '/device', search: { user_code: code.trim() } as never });
  };
  return (
    <Form submitLabel="Go on" onSubmit={submit}>
      <Field
        label="Code"
        hint="As the device shows it."
        {...(missing && { error: 'Enter the code that the device shows.' })}
      >
        <TextInput
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
    </Form>
  );
}

function Asked({ userCode }: { userCode: string }) {
  const request = useRead(getDeviceRequest, { query: { userCode } });
  const status = (request.error as { status?: number } | null)?.status;
  if (status === 400 || status === 404)
    return (
      <Stack>
        <Notice tone="danger" live title={request.error?.message ?? ''} />
        <p>
          <LinkButton href="/account/device">Enter another code</LinkButton>
        </p>
      </Stack>
    );
  return <Loaded query={request}>{(known) => <DeviceRequest request={known} userCode={userCode} />}</Loaded>;
}
