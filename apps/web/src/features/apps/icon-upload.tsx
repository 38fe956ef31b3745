import { limitLedger } from '@moothall/core';
import { getApp, listApps, uploadIcon } from '@moothall/platform/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../data/use-operation.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { TextInput } from '../../ui/input.tsx';
import { Section } from '../../ui/layout.tsx';
import { Progress } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { App } from './app-kinds.ts';

const edge = limitLedger['app.icon_edge'].value;

/** Takes an image of one's own as the icon. */
export function IconUpload({ app }: { app: App }) {
  const client = useClient();
  const queries = useQueryClient();
  const say = useToast();
  const upload = useMutation({
    mutationFn: (file: File) => client.upload(uploadIcon, { params: { id: app.id } }, file),
    onSuccess: async () => {
      await Promise.all([getApp, listApps].map(({ id }) => queries.invalidateQueries({ queryKey: [id] })));
      say('The icon was changed');
    },
  });
  return (
    <Section title="Icon of your own">
      <Field
        label="Image"
        optional
        hint={`A PNG or JPEG of up to ${edge} by ${edge} pixels. Choosing a drawn icon below takes it away again.`}
      >
        <TextInput
          type="file"
          accept="image/png,image/jpeg"
          disabled={upload.isPending}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) upload.mutate(file);
          }}
        />
      </Field>
      {upload.isPending && <Progress label="Uploading the icon" />}
      {upload.error && <ErrorNotice error={upload.error} />}
    </Section>
  );
}
