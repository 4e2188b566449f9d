import { AwsError } from '../aws-error.ts'

/** What an `Authorization` header of SigV4 says. */
export interface Authorization {
  readonly accessKeyId: string
  /** `YYYYMMDD`. */
  readonly day: string
  readonly region: string
  readonly service: string
  readonly signedHeaders: readonly string[]
  /** 64 hexadecimal digits. */
  readonly signature: string
}

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([A-Za-z0-9_-]{4,128})\/(\d{8})\/([a-z0-9-]{1,32})\/([a-z0-9-]{1,32})\/aws4_request, ?SignedHeaders=([a-z0-9;-]{1,1024}), ?Signature=([0-9a-f]{64})$/

/**
 * Reads the one `Authorization` header. Throws `MissingAuthenticationTokenException` where there is none, and
 * `IncompleteSignatureException` where it is not one of SigV4 with SHA-256.
 */
export function authorizationOf(values: readonly string[] | undefined): Authorization {
  if (values === undefined) {
    throw new AwsError(
      'MissingAuthenticationTokenException',
      'the request is not signed: make a key with offtrail access-key create, and give it to your client',
    )
  }
  const [, accessKeyId, day, region, service, names, signature] = FORM.exec(values[0] ?? '') ?? []
  if (values.length !== 1 || signature === undefined) {
    throw new AwsError(
      'IncompleteSignatureException',
      'Authorization must be one AWS4-HMAC-SHA256 header with Credential, SignedHeaders and Signature',
    )
  }
  return {
    accessKeyId: accessKeyId as string,
    day: day as string,
    region: region as string,
    service: service as string,
    signedHeaders: (names as string).split(';'),
    signature,
  }
}
