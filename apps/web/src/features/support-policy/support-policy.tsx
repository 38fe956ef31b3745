import { siteFacts } from '../../data/site-facts.ts';
import { Facts, Prose, Section, Stack } from '../../ui/layout.tsx';
import { Page } from '../../ui/page.tsx';
import { SupportContact } from '../../ui/support-contact.tsx';
import { Table } from '../../ui/table.tsx';

const versions = [
  { what: 'Public API, version 1', where: 'below /v1', state: 'Supported', until: 'No end is planned' },
  {
    what: 'Guest issuers',
    where: '/v1/jwt/login',
    state: 'Deprecated',
    until: 'No end is set; for new work take service apps',
  },
  {
    what: 'Calls of these pages',
    where: 'below /idb/api, /portal/api and /hub/api',
    state: 'Not for programs',
    until: 'May change at any time',
  },
] as const;

const changes = [
  {
    kind: 'Addition',
    what: 'A new operation, an optional parameter, another field of a reply, another kind of event.',
    told: 'In the changelog of the release. Programs must leave alone what they do not know.',
  },
  {
    kind: 'Correction',
    what: 'A reply that did not do what the documentation says does so now; something unsafe is refused.',
    told: 'In the changelog of the release, with what to do.',
  },
  {
    kind: 'Deprecation',
    what: 'An operation or field that works on, but should not be used for new work.',
    told: 'In the changelog and the documentation, and in each reply: the header Deprecation says since when, and Sunset until when once an end is set.',
  },
  {
    kind: 'Removal',
    what: 'A deprecated operation or field ends; a limit becomes smaller; a rule becomes stricter.',
    told: 'At least 12 months ahead, as a deprecation. Only with a new major release.',
  },
] as const;

/** What developers can count on. */
export default function SupportPolicy() {
  const { behaviour } = siteFacts();
  return (
    <Page
      title="Support policy"
      lead="What you can count on when you build on the API and its SDKs, and for how long."
    >
      <Stack gap="loose">
        <Section title="Supported versions">
          <Table
            caption="What is supported now"
            rows={versions}
            rowKey={({ what }) => what}
            columns={[
              { key: 'what', header: 'What', cell: ({ what }) => what },
              { key: 'where', header: 'Where', cell: ({ where }) => where },
              { key: 'state', header: 'State', cell: ({ state }) => state },
              { key: 'until', header: 'Until', cell: ({ until }) => until },
            ]}
          />
          <Prose>
            <p>
              Client libraries and SDKs that are made for version 1 of the Webex API are used as they are.
              Fixes go into the newest release; the release before gets fixes of what is unsafe for 6 months.
            </p>
          </Prose>
        </Section>
        <Section title="Time to change over">
          <Prose>
            <p>
              What is deprecated works for at least <strong>12 months</strong> from the day on which that was
              announced. What is unsafe can end sooner; then the announcement says why, and what to take
              instead.
            </p>
          </Prose>
        </Section>
        <Section title="Kinds of changes">
          <Table
            caption="Which changes there are, and how you hear of them"
            rows={changes}
            rowKey={({ kind }) => kind}
            columns={[
              { key: 'kind', header: 'Kind', cell: ({ kind }) => kind },
              { key: 'what', header: 'What it is', cell: ({ what }) => what },
              { key: 'told', header: 'How you are told', cell: ({ told }) => told },
            ]}
          />
        </Section>
        <Section title="Help">
          <Facts
            items={[
              { name: 'Contact', value: <SupportContact /> },
              { name: 'Say', value: 'the tracking id of the reply, the time, and what you expected' },
              {
                name: 'Rules',
                value:
                  behaviour === 'cloud'
                    ? 'This server follows what the public cloud documents.'
                    : 'This server follows the published developer FAQ.',
              },
            ]}
          />
        </Section>
      </Stack>
    </Page>
  );
}
