import { CodeBlock } from '../../ui/code-block.tsx';
import { Stack } from '../../ui/layout.tsx';

const code = `import { createHmac, timingSafeEqual } from 'node:crypto';

// rawBody: the bytes as they arrived, before any JSON is read or written.
const expected = createHmac('sha1', process.env.WEBHOOK_SECRET).update(rawBody).digest();
const given = Buffer.from(request.headers['x-spark-signature'] ?? '', 'hex');
const isOurs = given.length === expected.length && timingSafeEqual(given, expected);`;

/** The signature of a delivery, and how its receiver checks it. */
export function SignatureCheck({ signature }: { signature: string | undefined }) {
  if (signature === undefined)
    return (
      <p className="field-hint">
        It is not signed: anybody who knows the address can send such a request. Give the webhook a secret,
        and every delivery carries a signature.
      </p>
    );
  return (
    <details>
      <summary>
        Signed with <code>{signature}</code>
      </summary>
      <Stack gap="tight">
        <p>
          It is the HMAC-SHA1 of the exact bytes of the body with the secret of the webhook, in hexadecimal
          digits. Check it before you believe what a delivery says:
        </p>
        <CodeBlock label="check" text={code} />
      </Stack>
    </details>
  );
}
