/** Who asks through the CloudTrail protocol, and what of the store is theirs to see. */
export interface AwsCaller {
  /** Public half of the key; null: unsigned. */
  readonly accessKeyId: string | null
  /** 64 hexadecimal digits; null: unsigned. */
  readonly signature: string | null
  readonly mayWrite: boolean
  readonly accounts: 'all' | readonly string[]
  /** The Region that was signed for; null: unsigned, all of them. */
  readonly region: string | null
}

/** The caller's limits as a filter of series and insights. */
export function withinReach({ accounts, region }: AwsCaller): {
  readonly account?: readonly string[]
  readonly region?: readonly string[]
} {
  return {
    ...(accounts !== 'all' && { account: accounts }),
    ...(region !== null && { region: [region] }),
  }
}
