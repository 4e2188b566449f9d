import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** The role that can be taken, and what asks for it. */
export const ROLE = {
  arn: 'arn:aws:iam::444455556666:role/trail-reader',
  externalId: 'offtrail-7f3c',
} as const
/** Keys in the environment of whoever asks, and the keys of the role. */
export const OWN_KEY = 'AKIDEXAMPLE'
export const ROLE_KEY = 'ASIAROLEEXAMPLE'
const ROLE_TOKEN = 'token-of-the-role'

/** One request that is not for STS. */
export interface Forwarded {
  readonly service: string
  readonly keyId: string
  readonly token: string | undefined
}

export interface AwsFront {
  readonly url: string
  /** Forms that STS was sent. */
  readonly asked: readonly Readonly<Record<string, string>>[]
  readonly forwarded: readonly Forwarded[]
}

/**
 * All services at one address: STS, which answers `AssumeRole` and `GetCallerIdentity` as AWS documents them, and before whatever
 * else is asked a door that notes who signed. Gone after the test. `date` is the time that STS answers at.
 */
export async function awsFront(
  behind: string,
  { date, lifetimeMs = 3_600_000 }: { readonly date?: Date; readonly lifetimeMs?: number } = {},
): Promise<AwsFront> {
  const asked: Record<string, string>[] = []
  const forwarded: Forwarded[] = []
  const server = createServer(async (incoming, response) => {
    const body = await bodyOf(incoming)
    const { service, keyId } = signer(incoming)
    if (service !== 'sts') {
      forwarded.push({ service, keyId, token: tokenOf(incoming) })
      return forward(incoming, body, behind, response)
    }
    const form = Object.fromEntries(new URLSearchParams(body.toString()))
    asked.push(form)
    const { status, xml } = stsAnswer(incoming, form, lifetimeMs)
    if (date !== undefined) response.setHeader('date', date.toUTCString())
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, forwarded }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=(\w+)\/\d{8}\/[a-z0-9-]+\/([a-z0-9]+)\/aws4_request, SignedHeaders=\S+host\S*, Signature=[\da-f]{64}$/

function signer({ headers }: IncomingMessage): { service: string; keyId: string } {
  const [, keyId = '', service = 'unsigned'] = SIGNED.exec(headers.authorization ?? '') ?? []
  return { service, keyId }
}

const tokenOf = ({ headers }: IncomingMessage): string | undefined =>
  headers['x-amz-security-token']?.toString()

function stsAnswer(
  incoming: IncomingMessage,
  { Action = '', ...form }: Readonly<Record<string, string>>,
  lifetimeMs: number,
): { status: number; xml: string } {
  const { keyId } = signer(incoming)
  const isRole = keyId === ROLE_KEY && tokenOf(incoming) === ROLE_TOKEN
  if (form['Version'] !== '2011-06-15' || incoming.method !== 'POST')
    return refusal('InvalidAction')
  if (!isRole && keyId !== OWN_KEY) return refusal('InvalidClientTokenId')
  const own = isRole
    ? 'arn:aws:sts::444455556666:assumed-role/trail-reader/offtrail'
    : 'arn:aws:iam::111122223333:user/anna'
  if (Action === 'GetCallerIdentity') {
    const account = own.split(':')[4]
    return answer(Action, `<Arn>${own}</Arn><UserId>U</UserId><Account>${account}</Account>`)
  }
  if (Action !== 'AssumeRole') return refusal('InvalidAction')
  const { RoleArn, ExternalId, RoleSessionName } = form
  const isTrusted = RoleArn === ROLE.arn && ExternalId === ROLE.externalId
  if (!isTrusted || RoleSessionName !== 'offtrail') return refusal('AccessDenied')
  const expiration = new Date(Date.now() + lifetimeMs).toISOString()
  return answer(
    Action,
    `<AssumedRoleUser><Arn>arn:aws:sts::444455556666:assumed-role/trail-reader/offtrail</Arn><AssumedRoleId>A:offtrail</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${ROLE_KEY}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>${ROLE_TOKEN}</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
  )
}

const answer = (action: string, inner: string) => ({
  status: 200,
  xml: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result></${action}Response>`,
})
const refusal = (code: string) => ({
  status: 403,
  xml: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
})

function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  behind: string,
  response: ServerResponse,
): void {
  const passed = request(`${behind}${url}`, { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  passed.on('error', () => response.destroy())
  passed.end(body)
}
