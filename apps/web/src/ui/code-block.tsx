import { CopyButton } from './copy-button.tsx';
import { Row, Stack } from './layout.tsx';

/** Code or data to be read and taken along. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  return (
    <Stack gap="tight">
      <pre>
        <code>{text}</code>
      </pre>
      <Row>
        <CopyButton label={`Copy ${label}`} text={text} />
      </Row>
    </Stack>
  );
}
