/**
 * What the plugin of commit 7acc4fd answers, as recorded from a run of it with one message held: no protocol, no word
 * about what is shown. Times are left to the test.
 */
export const oldStatus = {
  version: '0.2.0',
  selfTests: 0,
  holdMs: 60000,
  policy: 'ready',
  revision: 1,
  digest: '6c7909de626e0e9056b66a57d92df60b81b472012ab97b80b3e259623ad3fa4c',
  problem: null,
  stopped: 1,
  overflow: 0,
  unreadable: 0,
};

/** @param now epoch ms when it was stopped */
export function oldStopped(now: number) {
  return {
    version: 1,
    id: '25df1227-14fc-44c7-ac36-b43ee7973201',
    layer: 'gateway-plugin',
    state: 'held',
    channel: 'imessage',
    account: 'default',
    action: 'text',
    targets: [
      {
        to: '+15551230099',
        key: '+15551230099',
        people: [],
      },
    ],
    text: 'The invoice is 4,200 euro.',
    textComplete: true,
    textSha256: '1639ceeba544a058344d6d7e0728939b2ff135c57e1e7b35e40cf4a05d88e311',
    media: [],
    cause: {
      agentId: null,
      sessionKey: null,
      runId: null,
      process: null,
    },
    rule: 'unlisted',
    contacted: false,
    createdAt: now,
    lastAt: now,
    attempts: 1,
    until: now + 60_000,
    holder: '5fe89dfd-fb8b-430d-abe2-187eb3485298',
  };
}
