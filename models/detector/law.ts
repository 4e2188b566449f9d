/** What a window was held against, in the words that people read. */
export const LAW = {
  own: 'own baseline',
  /** Of errors: given the calls they came with. */
  share: 'own share of the calls',
  /** A slow climb: the last week beside the weeks before it. */
  climb: 'the three weeks before',
  /** What goes on at a risen level that nobody confirmed yet. */
  level: 'the level before the rise',
  bursts: "the API's and the account's bursts",
  again: 'the same time of earlier days',
  windows: "the API's largest windows",
} as const
