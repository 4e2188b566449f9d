/** A pair that AWS's clients sign requests with, and whose accounts it may read. */
export interface AccessKey {
  /** Public half: `OT` and 18 capital letters and digits. */
  readonly accessKeyId: string
  /** Signatures are made with the secret itself, so it cannot be kept as a hash. */
  readonly secretAccessKey: string
  readonly accounts: 'all' | readonly string[]
  /** Whether it may also switch detection (`PutInsightSelectors`) in these accounts; not, unless said. */
  readonly mayWrite?: boolean
  /** RFC 3339. */
  readonly createdTime: string
}
