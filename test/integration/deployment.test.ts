import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { parsed } from '../support/command-parser.ts'
import { place } from '../support/offtrail.ts'
import { written } from '../support/pipeline-world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const words = (line: string): readonly string[] => line.trim().split(/\s+/)

describe('the units of systemd', () => {
  const { path } = place()
  const services = ['offtrail.service', 'offtrail-serve.service']
  const valuesOf = (unit: string, name: string): readonly string[] =>
    [...text(`deploy/systemd/${unit}`).matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(
      ([, value]) => value ?? '',
    )

  it.each(services)('%s runs a command line of ours', async (unit) => {
    const [line = ''] = valuesOf(unit, 'ExecStart')
    const [program, ...argv] = words(line)
    expect(program).toBe('/usr/local/bin/offtrail')
    await parsed(argv)
  })

  it.each(services)('%s is nobody, may do little, and writes to its own state alone', (unit) => {
    const hardened = {
      ...{ DynamicUser: 'yes', ProtectSystem: 'strict', ProtectHome: 'yes', PrivateTmp: 'yes' },
      ...{ NoNewPrivileges: 'yes', CapabilityBoundingSet: '', StateDirectory: 'offtrail' },
      ...{ User: 'offtrail', StateDirectoryMode: '0700', RestrictNamespaces: 'yes' },
    }
    for (const [name, value] of Object.entries(hardened))
      expect([name, valuesOf(unit, name)]).toEqual([name, [value]])
    expect(valuesOf(unit, 'ReadWritePaths')).toEqual([])
  })

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0
  it.skipIf(!hasSystemd)(
    'are accepted by systemd-analyze (skipped where it is not installed)',
    () => {
      const units = readdirSync(join(ROOT, 'deploy/systemd'))
      expect(units.sort()).toEqual([...services, 'offtrail.timer'].sort())
      const copies = units.map((unit) =>
        written(
          path(unit),
          text(`deploy/systemd/${unit}`).replace('/usr/local/bin/offtrail', '/bin/true'),
        ),
      )
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...copies], {
        encoding: 'utf8',
      })
      expect([status, stderr]).toEqual([0, ''])
    },
  )
})

describe('the Dockerfile', () => {
  const lines = text('deploy/Dockerfile').split('\n')
  const last = (instruction: string): string =>
    lines.findLast((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1) ??
    ''

  it('pins its base, builds in a stage of its own, and runs as nobody special', () => {
    const bases = lines.filter((line) => line.startsWith('FROM '))
    expect(bases).toHaveLength(2)
    for (const base of bases) expect(base).toMatch(/^FROM node:20\.\d+\.\d+-bookworm/)
    expect(last('USER')).toBe('1000:1000')
    expect(last('VOLUME')).toBe('/data')
  })

  it('serves by a command line of ours, and asks /livez how it is', async () => {
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['node', '/opt/offtrail/dist/src/main.js'])
    await parsed(JSON.parse(last('CMD')))
    expect(JSON.parse(last('HEALTHCHECK').replace(/^.*? CMD /, ''))[2]).toContain(
      "fetch('http://127.0.0.1:8787/livez')",
    )
    const shown = lines.find((line) => line.startsWith('# docker run ')) ?? ''
    expect(shown).toContain('--read-only --tmpfs /tmp --cap-drop ALL')
    await parsed(words(shown.replace(/^.*:\/data offtrail /, '')))
  })

  it('copies only what the build needs', () => {
    const kept = [...text('deploy/Dockerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(
      ([, name]) => name ?? '',
    )
    const there = readdirSync(ROOT)
    expect(kept.filter((name) => !there.includes(name))).toEqual([])
    const referenced = JSON.parse(text('tsconfig.json')).references.map(
      ({ path }: { path: string }) => path.replace('./', '').split('/')[0],
    )
    expect(kept).toEqual(expect.arrayContaining(referenced))
  })
})

interface Container {
  readonly name: string
  readonly image: string
  readonly args?: readonly string[]
  readonly securityContext: object
  readonly livenessProbe?: object
  readonly readinessProbe?: object
}
interface PodSpec {
  readonly securityContext: object
  readonly automountServiceAccountToken: boolean
  readonly initContainers?: readonly Container[]
  readonly containers: readonly [Container]
  readonly volumes: readonly object[]
}

describe('the objects of Kubernetes', () => {
  const documents = parseAllDocuments(text('deploy/kubernetes/offtrail.yaml'))
  const objects = documents.map((document) => document.toJS())
  const named = (kind: string) => objects.find((each) => each.kind === kind)
  const pods: readonly PodSpec[] = [
    named('CronJob').spec.jobTemplate.spec.template.spec,
    named('Deployment').spec.template.spec,
  ]

  it('are what they are', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([])
    expect(objects.map(({ kind }) => kind)).toEqual([
      ...['ServiceAccount', 'PersistentVolumeClaim', 'CronJob', 'Deployment', 'Service'],
    ])
    const { selector, template } = named('Deployment').spec
    expect(template.metadata.labels).toEqual(selector.matchLabels)
    expect(named('Service').spec.selector).toEqual(selector.matchLabels)
  })

  it('run as nobody special, with a root that cannot be written, on the claimed volume', () => {
    for (const { securityContext, automountServiceAccountToken, volumes, ...pod } of pods) {
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 })
      expect(securityContext).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } })
      expect(automountServiceAccountToken).toBe(false)
      expect(volumes).toContainEqual({
        ...{ name: 'data', persistentVolumeClaim: { claimName: 'offtrail' } },
      })
      for (const container of [...(pod.initContainers ?? []), ...pod.containers])
        expect(container.securityContext).toEqual({
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
          capabilities: { drop: ['ALL'] },
        })
    }
  })

  it('run command lines of ours, one run at a time, and say how the server is', async () => {
    for (const { containers } of pods) await parsed(containers[0].args ?? [])
    expect(named('CronJob').spec).toMatchObject({ concurrencyPolicy: 'Forbid' })
    expect(pods[1]?.containers[0]).toMatchObject({
      livenessProbe: { httpGet: { path: '/livez', port: 'http' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
      ports: [{ name: 'http', containerPort: 8787 }],
    })
    expect(named('Service').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }])
  })
})

/** What IAM calls the operation behind a command of the AWS SDK, where it is another name. */
const RENAMED: Readonly<Record<string, string>> = {
  ListObjectsV2: 'ListBucket',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
}
/** What needs no permission. */
const FREE = 'sts:GetCallerIdentity'
const PREFIXES: Readonly<Record<string, string>> = { eventbridge: 'events' }

/** The IAM actions behind every command of the AWS SDK that `src` sends. */
function actionsOfCode(): readonly string[] {
  const actions = new Set<string>()
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const code = text(join('src', file))
    const services = [...code.matchAll(/@aws-sdk\/client-([a-z0-9]+)/g)].map(([, name]) => name)
    if (services.length === 0) continue
    const [service = '', ...others] = [...new Set(services)]
    expect([file, others]).toEqual([file, []])
    for (const [, name = ''] of code.matchAll(/new (?:\w+\.)?([A-Z]\w+)Command\(/g))
      actions.add(`${PREFIXES[service] ?? service}:${RENAMED[name] ?? name}`)
  }
  return [...actions].filter((action) => action !== FREE)
}

interface Statement {
  readonly sid: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition?: object
}

describe('the role and the queue of Terraform', () => {
  const { data, resource, variable } = JSON.parse(text('deploy/terraform/main.tf.json'))
  const { offtrail, queue } = data.aws_iam_policy_document
  const statements: readonly Statement[] = [
    ...offtrail.statement,
    ...offtrail.dynamic.statement.map(({ content }: { content: Statement }) => content),
  ]

  it('grant every action that the code calls, and no other but decrypting what S3 stores', () => {
    const granted = statements.flatMap(({ actions }) => actions)
    expect(actionsOfCode().length).toBeGreaterThan(8)
    expect([...granted].sort()).toEqual([...actionsOfCode(), 'kms:Decrypt'].sort())
    expect(granted.filter((action) => action.includes('*'))).toEqual([])
    expect(statements.find(({ sid }) => sid === 'DecryptTrail')?.condition).toEqual({
      ...{ test: 'StringLike', variable: 'kms:ViaService', values: ['s3.*.amazonaws.com'] },
    })
  })

  it('name their resources, but for the two actions that know none', () => {
    const anywhere = statements.filter(({ resources }) => resources.includes('*'))
    expect(anywhere.map(({ actions }) => actions)).toEqual([
      ['cloudtrail:LookupEvents', 'cloudtrail:ListPublicKeys'],
    ])
  })

  it("let the trail's bucket alone write to the queue, and tell it of new files", () => {
    expect(queue.statement.actions).toEqual(['sqs:SendMessage'])
    expect(queue.statement.condition.map((each: { variable: string }) => each.variable)).toEqual([
      ...['aws:SourceArn', 'aws:SourceAccount'],
    ])
    expect(resource.aws_s3_bucket_notification.trail.queue).toMatchObject({
      events: ['s3:ObjectCreated:*'],
    })
    expect(resource.aws_sqs_queue.offtrail).toMatchObject({ sqs_managed_sse_enabled: true })
  })

  it('use no variable that is not declared, and declare none that is not used', () => {
    const used = new Set(
      [...text('deploy/terraform/main.tf.json').matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name),
    )
    expect([...used].sort()).toEqual(Object.keys(variable).sort())
  })
})
