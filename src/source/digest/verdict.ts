/** What a verdict means: `proven`; a `note`, which proves nothing and disproves nothing; or something that is `unproven`. */
export type Weight = 'proven' | 'note' | 'unproven'

/** Every verdict: what it weighs, and what to do about it. */
export const VERDICTS = {
  'valid-digest': { weight: 'proven', remedy: 'nothing: it is as CloudTrail signed it' },
  'valid-log': { weight: 'proven', remedy: 'nothing: it is as CloudTrail delivered it' },
  gap: {
    weight: 'note',
    remedy:
      'look for StopLogging, UpdateTrail and DeleteTrail around then: logging or validation was off, so nothing is proven of that time',
  },
  pending: { weight: 'note', remedy: 'verify again in two hours: their digest is still to come' },
  'signature-lost': {
    weight: 'note',
    remedy:
      'nothing: the next digest repeats the signature; copies keep it where aws s3api head-object of the digest is saved beside it as FILE.metadata.json',
  },
  'key-out-of-date': {
    weight: 'note',
    remedy: 'compare the validity of the key with aws cloudtrail list-public-keys',
  },
  'missing-digest': {
    weight: 'unproven',
    remedy:
      'find out who deleted it (DeleteObject in CloudTrail or S3 access logs), restore an older version of the object; where a lifecycle rule expired it, name a later --from',
  },
  'altered-digest': {
    weight: 'unproven',
    remedy:
      'restore the version CloudTrail wrote, with its metadata; find out who wrote over it (PutObject)',
  },
  'malformed-digest': {
    weight: 'unproven',
    remedy: 'fetch it again; if it stays so, restore the version CloudTrail wrote',
  },
  'moved-digest': {
    weight: 'unproven',
    remedy: 'verify it where CloudTrail delivered it, or in a copy with the same folders',
  },
  unsigned: {
    weight: 'unproven',
    remedy:
      'save its metadata beside it: aws s3api head-object --bucket BUCKET --key KEY > FILE.metadata.json; or name an earlier --to; or verify s3://BUCKET itself',
  },
  'unknown-algorithm': {
    weight: 'unproven',
    remedy: 'restore the metadata CloudTrail wrote (signature-algorithm is SHA256withRSA)',
  },
  'unknown-key': {
    weight: 'unproven',
    remedy:
      'name the keys of its Region and time: aws cloudtrail list-public-keys --region REGION --start-time TIME --end-time TIME --output json > FILE, then --public-keys FILE',
  },
  stale: {
    weight: 'unproven',
    remedy:
      'see whether the trail still logs (aws cloudtrail get-trail-status) and who deleted digests; where it was stopped or this is a copy, name --to',
  },
  'missing-log': {
    weight: 'unproven',
    remedy:
      'find out who deleted it, restore an older version of the object; where a lifecycle rule expired it, name a later --from',
  },
  'altered-log': {
    weight: 'unproven',
    remedy: 'restore the version CloudTrail delivered; find out who wrote over it (PutObject)',
  },
  'trailing-data': {
    weight: 'unproven',
    remedy:
      'restore the version CloudTrail delivered: records may be hidden in what was appended, which some readers see and others do not',
  },
  'damaged-log': {
    weight: 'unproven',
    remedy: 'fetch it again; if it stays so, restore the version CloudTrail delivered',
  },
  'unreferenced-log': {
    weight: 'unproven',
    remedy:
      'do not trust its records: it is not among what CloudTrail signed then; find out who put it there, or whether a trail without validation delivers there, too',
  },
  'uncovered-logs': {
    weight: 'unproven',
    remedy:
      'no valid digest speaks for when they were delivered: see the verdicts on digests, or switch log file validation on',
  },
  elsewhere: { weight: 'unproven', remedy: 'name that bucket, too: s3://BUCKET' },
  unreadable: { weight: 'unproven', remedy: 'grant permission to read it, or try again' },
} as const satisfies Record<string, { readonly weight: Weight; readonly remedy: string }>

export type VerdictKind = keyof typeof VERDICTS

/** What is said of one file, or of a time. */
export interface Verdict {
  readonly kind: VerdictKind
  readonly account: string
  readonly region: string
  /** null: what is judged belongs to no trail. */
  readonly trail: string | null
  /** null: a time, not a file, is judged. */
  readonly file: string | null
  /** When it was delivered, as its name says, or where the time begins; epoch milliseconds, null where not known. */
  readonly atMs: number | null
  /** What was expected, what came. */
  readonly words: string
}

/** What a check of one file finds. */
export type Finding = Pick<Verdict, 'kind' | 'words'>

export const weightOf = ({ kind }: Pick<Verdict, 'kind'>): Weight => VERDICTS[kind].weight
