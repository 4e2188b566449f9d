import { Fault } from '../../base/fault.ts'
import { type Checked, doubtful, type Finding, failing, fine } from '../../base/finding.ts'
import type { AwsDoor } from '../aws/door.ts'
import { takenRole } from '../aws/role.ts'
import { callerOf, hearDates, stsOf } from '../aws/sts.ts'
import { troubleOf } from '../lookup/trouble.ts'
import { awsFinding } from './aws-finding.ts'

const CREDENTIALS: Checked = { check: 'credentials', place: null }
const CLOCK: Checked = { check: 'clock', place: null }
const NOTICEABLE_MS = 60_000
/** Signatures that are further off are refused. */
const REFUSED_MS = 300_000

/** Who asks AWS, by STS, which anybody may ask; and how far the clock of this machine is from that of its answer. */
export async function checkCaller(door: AwsDoor, now: () => number): Promise<readonly Finding[]> {
  const of = { ...CREDENTIALS, place: door.roleArn ?? door.profile ?? null }
  let offMs: number | null = null
  const hear = (theirMs: number): void => {
    offMs ??= now() - theirMs
  }
  const finding = await whoAsks(door, hear).then(
    (arn) => fine(of, `they are ${arn}`),
    (error) => refusal(of, error, door),
  )
  return offMs === null ? [finding] : [finding, clockFinding(offMs)]
}

/** STS refuses nobody it knows; another service in its place does not know the question. */
function refusal(of: Checked, error: unknown, { endpointUrl }: AwsDoor): Finding {
  if (endpointUrl === undefined || error instanceof Fault || troubleOf(error) !== 'other')
    return awsFinding(of, error, { action: 'sts:GetCallerIdentity' })
  const { name, message } = error as Error
  return doubtful(
    of,
    `${endpointUrl} does not say whose they are (${name}: ${message})`,
    'let AWS_ENDPOINT_URL_STS say where STS is',
  )
}

async function whoAsks(door: AwsDoor, hear: (theirMs: number) => void): Promise<string> {
  const { roleArn } = door
  const keys = roleArn === undefined ? {} : { credentials: await takenRole({ ...door, roleArn })() }
  const sts = await stsOf({ ...door, ...keys })
  hearDates(sts, hear)
  try {
    return (await callerOf(sts)).arn
  } finally {
    sts.destroy()
  }
}

/** How far off a clock is, milliseconds, as AWS takes it: its answers give whole seconds. */
export function clockFinding(offMs: number): Finding {
  const seconds = Math.round(Math.abs(offMs) / 1000)
  const words = `it is ${seconds} s ${offMs < 0 ? 'behind' : 'ahead of'} that of AWS`
  if (Math.abs(offMs) <= NOTICEABLE_MS) return fine(CLOCK, words)
  const remedy = 'set it (NTP): AWS refuses signatures more than 5 minutes off'
  return (Math.abs(offMs) > REFUSED_MS ? failing : doubtful)(CLOCK, words, remedy)
}
