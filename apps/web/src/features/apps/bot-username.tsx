import { limitLedger } from '@moothall/core';
import { checkBotUsername } from '@moothall/platform/contracts';
import { useRead } from '../../data/use-operation.ts';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { useSettled } from '../administration/use-settled.ts';
import type { FieldsProps } from './fields-props.ts';

/** The name in a bot's address; whether it is free is told while it is typed. */
export function BotUsername({ draft, faults, onEdit }: FieldsProps) {
  const settled = useSettled(draft.username.trim());
  const check = useRead(checkBotUsername, { params: { name: settled } }, { enabled: settled !== '' });
  const known = settled !== '' && settled === draft.username.trim() ? check.data : undefined;
  const fault = known?.available === false ? `Choose another: ${known.reason ?? 'it is taken.'}` : undefined;
  return (
    <Field
      label="Username"
      hint={
        <>
          The name in the bot's address. It is the bot's for good: it cannot be changed, and no other bot gets
          it.{' '}
          <span role="status" className="bot-username-free">
            {known?.available && `${known.email} is free.`}
          </span>
        </>
      }
      error={faults.username ?? fault}
    >
      <TextInput
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={limitLedger['bot.username'].value}
        value={draft.username}
        onChange={(event) => onEdit({ username: event.target.value })}
      />
    </Field>
  );
}
