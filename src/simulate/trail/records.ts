import { rfc3339 } from '../../base/times.ts'
import type { Act } from '../act.ts'
import { deniedCode } from '../catalogue.ts'
import type { Random } from '../random.ts'
import type { Session } from '../session.ts'
import { fill, type Subject } from './parameters.ts'

/** The act as one CloudTrail record, JSON text; ids and parameters are drawn from `random`. */
export function recordText(act: Act, random: Random): string {
  return act.api.service === 'signin' && act.api.eventName === 'ConsoleLogin'
    ? signInText(act, random)
    : apiCallText(act, random)
}

function apiCallText(act: Act, random: Random): string {
  const { api, session, errorCode } = act
  const subject = subjectOf(act, random)
  const response = errorCode === null ? fill(api.response, subject) : 'null'
  const resources = api.resources === null ? '' : `"resources":${fill(api.resources, subject)},`
  return (
    head(act) +
    failure(act, subject) +
    `"requestParameters":${fill(api.request, subject)},"responseElements":${response},` +
    (api.isData ? transfer(random, subject) : '') +
    `"requestID":"${random.guid()}","eventID":"${random.guid()}","readOnly":${api.readOnly},` +
    resources +
    `"eventType":"AwsApiCall","managementEvent":${!api.isData},` +
    `"recipientAccountId":"${session.account.id}",` +
    (session.isService ? `"sharedEventID":"${random.guid()}",` : '') +
    `"eventCategory":"${api.isData ? 'Data' : 'Management'}"` +
    tail(act)
  )
}

/** A sign-in has no request id, and says failure in its response instead of an error code. */
function signInText(act: Act, random: Random): string {
  const failed = act.errorCode !== null
  return (
    head(act) +
    (failed ? '"errorMessage":"Failed authentication",' : '') +
    `"requestParameters":null,"responseElements":{"ConsoleLogin":"${failed ? 'Failure' : 'Success'}"},` +
    '"additionalEventData":{"LoginTo":"https://console.aws.amazon.com/console/home?state=hashArgs%23&isauthcode=true",' +
    `"MobileVersion":"No","MFAUsed":"${failed ? 'No' : 'Yes'}"},` +
    `"eventID":"${random.guid()}","readOnly":false,"eventType":"AwsConsoleSignIn","managementEvent":true,` +
    `"recipientAccountId":"${act.session.account.id}","eventCategory":"Management",` +
    '"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",' +
    `"clientProvidedHostHeader":"${act.region}.signin.aws.amazon.com"}}`
  )
}

function head({ api, session, region, timeMs }: Act): string {
  return (
    `{"eventVersion":"${api.eventVersion}","userIdentity":${session.identity},` +
    `"eventTime":"${rfc3339(timeMs)}","eventSource":"${api.eventSource}","eventName":"${api.eventName}",` +
    `"awsRegion":"${region}","sourceIPAddress":"${session.address}","userAgent":${session.userAgent},`
  )
}

function tail({ api, session, region }: Act): string {
  if (session.isService) return '}'
  const host = api.isGlobal
    ? `${api.service}.amazonaws.com`
    : `${api.service}.${region}.amazonaws.com`
  return (
    ',"tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",' +
    `"clientProvidedHostHeader":"${host}"}${session.isConsole ? ',"sessionCredentialFromConsole":"true"' : ''}}`
  )
}

function transfer(random: Random, { token }: Subject): string {
  return (
    '"additionalEventData":{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256",' +
    `"bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"${random.name(56)}",` +
    `"bytesTransferredOut":${Number.parseInt(token.slice(0, 4), 16)}},`
  )
}

function failure(act: Act, subject: Subject): string {
  if (act.errorCode === null) return ''
  const message = messageOf(act.errorCode, act, subject)
  return `"errorCode":"${act.errorCode}","errorMessage":${JSON.stringify(message)},`
}

function messageOf(code: string, { api, session }: Act, { bucket, role }: Subject): string {
  if (code === deniedCode(api.service)) {
    const action = `${api.service}:${api.eventName}`
    const resource = api.service === 's3' ? ` on resource: "arn:aws:s3:::${bucket}"` : ''
    return `User: ${session.arn} is not authorized to perform: ${action}${resource} because no identity-based policy allows the ${action} action`
  }
  const known = MESSAGES.get(code)
  return known ?? `The resource ${api.service === 's3' ? bucket : role} could not be used: ${code}`
}

const MESSAGES = new Map([
  ['ThrottlingException', 'Rate exceeded'],
  ['NoSuchBucketPolicy', 'The bucket policy does not exist'],
  ['NoSuchTagSet', 'The TagSet does not exist'],
  ['NoSuchKey', 'The specified key does not exist.'],
  ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
  ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
  ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
  ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
  [
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ],
  ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
  [
    'Client.VcpuLimitExceeded',
    'You have requested more vCPU capacity than your current vCPU limit of 256 allows for the instance bucket that the specified instance type belongs to.',
  ],
  ['DisabledException', 'The key is disabled.'],
])

function subjectOf(act: Act, random: Random): Subject {
  const { account } = act.session
  return {
    random,
    account: account.id,
    region: act.region,
    timeMs: act.timeMs,
    bucket: act.target ?? random.pick(account.buckets),
    role: act.target ?? random.pick(account.roles),
    user: act.target ?? userNameOf(act.session),
    token: random.hex(16),
  }
}

function userNameOf({ principal }: Session): string {
  return principal.slice(principal.lastIndexOf('/') + 1)
}
