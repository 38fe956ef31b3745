import { createPersonalToken } from '@moothall/platform/contracts';
import { useState } from 'react';
import { siteFacts } from '../../data/site-facts.ts';
import { useAction } from '../../data/use-operation.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Time } from '../../ui/time.tsx';
import { type TokenKind, useHeldToken } from './held-token.ts';
import { RoleSwitcher } from './role-switcher.tsx';

const inLab = { value: 'person', label: 'Act as somebody of this lab' } as const;
const everywhere = [
  { value: 'personal', label: 'My personal access token' },
  { value: 'pasted', label: 'A token that I paste' },
  { value: 'none', label: 'No token' },
] as const;

/** Chooses what token operations are called with. */
export function TokenChoice() {
  const [held, hold] = useHeldToken();
  const isLab = siteFacts().mode === 'lab';
  const [kind, setKind] = useState<TokenKind>(held?.kind ?? (isLab ? 'person' : 'personal'));
  const choose = (next: TokenKind) => {
    setKind(next);
    hold(null);
  };
  return (
    <Stack>
      <RadioGroup
        legend="Call with"
        options={isLab ? [inLab, ...everywhere] : everywhere}
        value={kind}
        onChange={choose}
      />
      {held && kind !== 'pasted' ? <Held /> : <Choices kind={kind} />}
    </Stack>
  );
}

function Choices({ kind }: { kind: TokenKind }) {
  if (kind === 'personal') return <PersonalToken />;
  if (kind === 'person') return <RoleSwitcher />;
  return kind === 'pasted' ? <PastedToken /> : <p>The operation is called without a token.</p>;
}

function Held() {
  const [held, hold] = useHeldToken();
  if (!held) return null;
  return (
    <Row>
      <span role="status">
        Calls are made as {held.of}
        {held.expires !== undefined && (
          <>
            , until <Time at={held.expires} />
          </>
        )}
        .
      </span>
      <Button small onClick={() => hold(null)}>
        Choose anew
      </Button>
    </Row>
  );
}

function PersonalToken() {
  const [, hold] = useHeldToken();
  const create = useAction(createPersonalToken);
  const make = async () => {
    const { text, expires } = await create.mutateAsync({});
    hold({ kind: 'personal', text, of: 'you', expires });
  };
  return (
    <Stack gap="tight">
      <p>
        It works for 12 hours and may do all that you may do. Making one ends the one that you had before.
      </p>
      {create.isError && <ErrorNotice error={create.error} />}
      <Row>
        <Button busy={create.isPending} onClick={() => void make().catch(() => {})}>
          Make a token for this page
        </Button>
      </Row>
    </Stack>
  );
}

function PastedToken() {
  const [held, hold] = useHeldToken();
  const paste = (text: string) =>
    hold(
      text.trim() === '' ? null : { kind: 'pasted', text: text.trim(), of: 'the owner of the pasted token' },
    );
  return (
    <Field label="Access token">
      <TextInput
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={held?.text ?? ''}
        onChange={(event) => paste(event.target.value)}
      />
    </Field>
  );
}
