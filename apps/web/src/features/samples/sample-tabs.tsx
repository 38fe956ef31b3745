import { CodeBlock } from '../../ui/code-block.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { type SampleCall, sampleLanguages, sampleOf } from './samples.ts';

const names = { curl: 'curl', node: 'Node', python: 'Python' } as const;
const copied = {
  curl: 'the curl command',
  node: 'the Node program',
  python: 'the Python program',
} as const;

/**
 * A call in each language, to be copied.
 * @param label what the call does
 */
export function SampleTabs({ label, call }: { label: string; call: SampleCall }) {
  return (
    <Tabs
      label={`${label}: language`}
      tabs={sampleLanguages.map((language) => ({
        value: language,
        label: names[language],
        content: <CodeBlock label={copied[language]} text={sampleOf(language, call)} />,
      }))}
    />
  );
}
