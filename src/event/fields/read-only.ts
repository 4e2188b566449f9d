/**
 * Whether a call only reads. The record's own `readOnly` decides (a boolean, or its text in LookupEvents and CSV); old
 * versions and many exports have none, and then the name does: it reads if it begins with one of `READING_VERBS` or is
 * one of `READING_NAMES`, and not of `WRITING_NAMES`. What is not known to read counts as a write.
 */
export function readOnlyOf(readOnly: unknown, eventName: string): boolean {
  if (readOnly === true || readOnly === false) return readOnly
  const text = typeof readOnly === 'string' ? readOnly.toLowerCase() : ''
  if (text === 'true' || text === 'false') return text === 'true'
  if (READING_NAMES.has(eventName)) return true
  return READING_VERB.test(eventName) && !WRITING_NAMES.has(eventName)
}

const READING_VERBS = [
  ...['Get', 'List', 'Describe', 'Head', 'Lookup', 'Search', 'Query', 'Scan', 'BatchGet'],
  ...['BatchDescribe', 'BatchCheck', 'Select', 'Filter', 'View', 'Check', 'Count', 'Discover'],
  ...['Estimate', 'Preview', 'Resolve', 'Retrieve', 'Simulate', 'Validate', 'Verify'],
]

// The verb must be a whole word: Getaway is none.
const READING_VERB = new RegExp(`^(?:${READING_VERBS.join('|')})(?![a-z])`)

// Names that CloudTrail marks as reads though they do not sound like it.
const READING_NAMES: ReadonlySet<string> = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'InvokeModel',
  'InvokeModelWithResponseStream',
  'ReEncrypt',
  'Sign',
])

// And as writes though they do.
const WRITING_NAMES: ReadonlySet<string> = new Set(['CheckMfa', 'GetFederationToken'])
