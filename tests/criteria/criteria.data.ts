/** A rule that the product owes: the question of the founding FAQ it answers, and what is held, in our words. */
export type Criterion = {
  id: `F${number}`;
  question: string;
  rule: string;
  /** What of it no test holds yet. */
  lacks?: string;
};

/** Rules that are held in part. */
const lacking: Readonly<Record<string, string>> = {
  F26: 'an operation that asks for a licence',
  F76: 'running the app in a host',
};

const rows: readonly [question: string, ...rules: string[]][] = [
  [
    'Where do I find help?',
    'Every page names the support contact; every refusal carries a tracking id and the contact.',
  ],
  [
    'What is the support policy?',
    'The portal has the policy: versions, deprecation window, kinds of changes; deprecated routes say so in headers.',
  ],
  [
    'What does "Device limit exceeded" mean?',
    'The 101st SDK registration of a user is refused with that text; 100 remain.',
    'The limit is per user.',
    'One unregister frees one place at once.',
    'A registration lives 7 days from its last refresh, not a second more; then its socket is closed.',
    'Of many registrations that race for the last place one wins.',
    'A closed tab frees nothing by itself.',
  ],
  [
    'How do I add people to a space?',
    'A membership by personId makes the person a member and tells it once.',
    'So does one by e-mail address, in any case; unknown addresses become pending people.',
    'Neither field, an unknown room and a duplicate are 400, 404 and 409.',
    'Strangers to the room get 404; in a moderated room only moderators may add.',
  ],
  [
    'How many guests may an issuer create?',
    'No number of guests is refused, and the count is exact.',
    'The same subject is the same guest with one more token; the older stay valid.',
  ],
  [
    'How many valid tokens may an account have?',
    'The 751st active access token of an account is refused, whichever way it is asked for.',
    'The 750 go on working.',
    'At the limit a first-party site cannot be entered; the page names the limit and the remedy.',
    'Each token that expires frees exactly one place.',
    "An integration's access token lives 14 days to the second.",
    'A refresh does not end the older token: one refresh per expiry keeps two at most, one in five minutes meets the limit.',
    'END SESSION on the profile page revokes at once and frees a place, at the limit too.',
    'Tokens revoked through the authorizations API free their places.',
  ],
  [
    'Why is a meeting refused with 403 although the scopes are right?',
    'Without a meetings licence the famous sentence is the answer.',
    'So it is for operations of administrators.',
    'So it is for a missing scope; only the lab tells which of the three it was.',
    'A licence that is assigned helps the very same token.',
    'Every refusal has message, errors and trackingId.',
  ],
  [
    'Which meetingId do qualities want?',
    'Listing meetings of type meeting gives running and ended instances with instance ids.',
    'Administrators read the media quality of an instance.',
    'Ids of series and occurrences are refused.',
  ],
  [
    'How do I revoke an authorization?',
    'Administrators list what a person of their organisation authorised.',
    'A revoked access token is refused at the next request.',
    'A revoked refresh token takes its access tokens along.',
    'Nobody else may do it, and each revocation is audited.',
  ],
  [
    'Why do some people show no status?',
    'Up to 30 idle days a person of the own organisation is inactive, beyond them unknown.',
    'Whoever acts is active, and inactive after ten idle minutes.',
    'Of other organisations, in lookups by id and without sharing there is no status at all.',
    'Whoever never signed in is pending.',
  ],
  [
    'May an administrator schedule meetings for others?',
    'A full administrator makes a meeting for a host of the organisation.',
    "And reads that host's recordings.",
    'Not for hosts of other organisations, and nobody else may.',
    'A compliance officer reads meetings of everybody and writes none.',
    'The documentation has both anchors.',
  ],
  [
    'How does a compliance officer find all teams and rooms?',
    'Listing teams shows their own only.',
    'Events show rooms that they never joined.',
    'Such a room can be read, with its team.',
    'And the team, with its memberships.',
    'The walk over events finds every team with an event, and nothing foreign.',
    'The direct listing is behind a flag.',
  ],
  [
    'Are bots available to government?',
    'In an organisation of profile gov bots, integrations and webhooks are refused with a clear error.',
  ],
  [
    'Must a bot be in the catalogue?',
    'A bot that is not listed is added by its address.',
    'Only approved apps are in the catalogue.',
    'A rejected listing changes nothing for the own organisation.',
  ],
  [
    'Must a real person authorise an integration?',
    'An authorisation goes through sign-in and consent in a browser.',
    'No other grant gives a first token.',
    'The refresh token works unattended, 90 days from each use.',
    'A code is used once, by its client, at its redirect; a replay revokes what it gave.',
  ],
  [
    'Do people authorise anew when scopes change?',
    'Tokens of before lack the added scope.',
    'Refreshing does not add it.',
    'A new consent names it, and the new token has it.',
  ],
  [
    'Can apps be created through the API?',
    'No bearer token creates an app.',
    'The portal does; a secret is shown once, a new one ends the old.',
  ],
  [
    'Do bots outlive their creator?',
    "A bot's token, webhooks and memberships go on when its creator is deactivated or deleted.",
  ],
  [
    'Can a bot be given to somebody else?',
    'An administrator transfers an app to a person of the organisation; the token stays; it is audited.',
    'Nobody else may, and to nobody outside.',
  ],
  [
    'What does tokenlimit_reached mean?',
    'It is the OAuth error of the token endpoint at 750 active tokens.',
    'One session less, and the same call succeeds.',
  ],
  [
    'How wide is a card?',
    'A card is at most 432 px wide at every width of the window.',
    'In a narrower pane it shrinks without scrolling sideways.',
  ],
  [
    'Are other grants possible?',
    'Implicit and device grants are refused, and the metadata lists none; behaviour cloud has them.',
  ],
  [
    'Does xAPI work with personal devices?',
    'Commands to a device of a person are refused with the reason.',
    'A device of a workspace obeys, and its status shows it.',
    'An absent device is an error.',
    'A device that moves to a workspace works at once.',
  ],
  [
    'How do I start with embedded apps?',
    'A sandbox request makes a fresh organisation with an administrator and delivers the link.',
    'The quick start passes in it from end to end.',
    'Its data is invisible elsewhere.',
    'Customers and partners create embedded apps at once, and may ask for a sandbox too.',
    'An account without an organisation is offered the sandbox.',
    'The framework loads from our origin and from npm.',
  ],
  [
    'Can an app be private to my organisation?',
    'In development only its creator sees it.',
    'A request for approval reaches the administrators.',
    'Once approved, members open it and others cannot.',
  ],
  [
    'How do I approve private apps?',
    'Administrators approve and deny in the hub; it is effective and audited.',
  ],
  [
    'How do I list participants?',
    'No method of the framework lists them.',
    "They come through the app's own back end.",
  ],
  [
    'May my app see personal information?',
    'By default personal fields are blank or derived.',
    'Derived values are constant for a person and cannot be reversed.',
    "The switch is per app and by the viewer's organisation.",
  ],
  [
    "Why is the host's address missing?",
    'No result tells of the host.',
    'Only the person who runs the app is described.',
    'A back end with scopes gets it over REST.',
  ],
  ['Can an embedded app call the API?', 'Not from its frame: calls fail and no token is ever given to it.'],
  ['How do I enable personal information?', 'The hub has the switch for each app, off at first, audited.'],
  ['Which engines render apps?', 'Presets for each system exist, and the framework works on them.'],
  ['Do apps have camera and microphone?', 'They are refused.'],
  ['Do cookies and storage last?', 'They survive closing and opening again.', "No app reads another's."],
  [
    'All of them',
    "Every limit obeys the world's clock, and nothing else moves it.",
    'In production the lab is absent and cannot be turned on.',
    'Every rule has a test with its id, and this page.',
  ],
];

/** The rules F1 to F101, in their order. */
export const criteria: readonly Criterion[] = rows
  .flatMap(([question, ...rules]) => rules.map((rule) => ({ question, rule })))
  .map((row, index) => {
    const id = `F${index + 1}` as const;
    return { id, ...row, ...(lacking[id] !== undefined && { lacks: lacking[id] }) };
  });
