/** A Region an account uses, and how often a trail file is delivered there. */
export interface RegionPlan {
  readonly region: string
  readonly fileMinutes: number
}

export type AccountKind = 'production' | 'development' | 'security'

/** One AWS account of the simulated company. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly kind: AccountKind
  /** Where most of its work happens. */
  readonly home: string
  readonly regions: readonly RegionPlan[]
  readonly buckets: readonly string[]
  readonly roles: readonly string[]
  /** How many people and deployments it sees, beside the production account's 1. */
  readonly bustle: number
}

/** Someone or something that calls AWS. */
export interface Principal {
  readonly kind: 'role' | 'user' | 'service'
  /** Role or user name; for a service its host name. */
  readonly name: string
  /** Path of a role, from `/`. */
  readonly path?: string
  /** Fixed session name of a role; drawn where absent. */
  readonly sessionName?: string
  readonly userAgent: string
  /** Host name of the service that calls on the principal's behalf. */
  readonly invokedBy?: string
  /** Documentation or private address; drawn from 10.0.0.0/8 where absent. */
  readonly address?: string
  /** Signed in at the console, with multi-factor authentication. */
  readonly isConsole?: boolean
}

/** A person with working hours. */
export interface Person {
  readonly name: string
  readonly address: string
  /** Local time minus UTC, in hours. */
  readonly zoneHours: number
  /** Sessions on a working day, on average. */
  readonly sessionsPerDay: number
  /** Share of sessions at the console; the others use the command line. */
  readonly consoleShare: number
}

export const AGENTS = {
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  chrome:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36',
  cli: 'aws-cli/2.17.32 md/awscrt#0.21.2 ua/2.0 os/linux#6.8.0-40-generic md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24 md/prompt#off',
  terraform:
    'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.67.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.5 os/linux lang/go#1.22.6 md/GOOS#linux md/GOARCH#amd64',
  java: 'aws-sdk-java/2.27.21 Linux/5.10.224-212.876.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4+7-LTS Java/21.0.4 vendor/Amazon.com_Inc. exec-env/AWS_ECS_FARGATE io/sync http/Apache cfg/retry-mode/legacy',
  boto: 'Boto3/1.35.10 md/Botocore#1.35.10 ua/2.0 os/linux#5.10.224-212.876.amzn2.x86_64 md/arch#x86_64 lang/python#3.12.5 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 cfg/retry-mode#legacy Botocore/1.35.10',
  node: 'aws-sdk-js/3.637.0 ua/2.0 os/linux#5.10.224-212.876.amzn2.x86_64 lang/js md/nodejs#20.17.0 api/s3#3.637.0 exec-env/AWS_ECS_FARGATE m/E',
  agent: 'aws-sdk-go/1.55.5 (go1.22.4; linux; amd64) amazon-ssm-agent/',
  datadog:
    'Boto3/1.34.159 md/Botocore#1.34.159 ua/2.0 os/linux md/arch#aarch64 lang/python#3.11.8 datadog-aws-integration',
  kali: 'Boto3/1.28.57 md/Botocore#1.31.57 ua/2.0 os/linux#6.6.9-amd64 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.31.57',
} as const

/** The people of the company; accounts share them. Times as in Central Europe, one on the American east coast. */
export const PEOPLE: readonly Person[] = [
  person('a.bergmann', '198.51.100.21', { sessionsPerDay: 3, consoleShare: 0.7 }),
  person('c.okafor', '198.51.100.34', { sessionsPerDay: 2.5, consoleShare: 0.5 }),
  person('d.laurent', '198.51.100.47', { sessionsPerDay: 2, consoleShare: 0.8 }),
  person('j.novak', '203.0.113.18', { sessionsPerDay: 1.5, consoleShare: 0.3 }),
  person('m.silva', '203.0.113.77', { sessionsPerDay: 1, consoleShare: 0.9 }),
  {
    ...person('r.haddad', '203.0.113.140', { sessionsPerDay: 2, consoleShare: 0.4 }),
    zoneHours: -5,
  },
]

// AWS's documentation reserves these three account ids.
const FIRST: readonly Account[] = [
  {
    id: '111122223333',
    name: 'shop-production',
    kind: 'production',
    home: 'eu-west-1',
    regions: [
      { region: 'eu-west-1', fileMinutes: 60 },
      { region: 'us-east-1', fileMinutes: 60 },
      { region: 'us-west-2', fileMinutes: 180 },
    ],
    buckets: words(
      'shop-prod-assets shop-prod-invoices shop-prod-uploads shop-prod-exports shop-prod-logs shop-prod-backups shop-prod-tfstate shop-prod-athena-results',
    ),
    roles: words(
      'orders-api catalog-api payment-worker image-resizer batch-reports AWSServiceRoleForECS',
    ),
    bustle: 1,
  },
  development('444455556666', 'shop-development'),
  {
    id: '777788889999',
    name: 'shop-security',
    kind: 'security',
    home: 'eu-west-1',
    regions: [
      { region: 'eu-west-1', fileMinutes: 120 },
      { region: 'us-east-1', fileMinutes: 240 },
    ],
    buckets: words('shop-org-trail shop-org-config shop-org-flow-logs'),
    roles: words('log-archive-reader security-audit AWSServiceRoleForSecurityHub'),
    bustle: 0.12,
  },
]

/** The first `count` accounts: production, development, security, then further development accounts. */
export function castAccounts(count: number): readonly Account[] {
  return Array.from(
    { length: count },
    (_, place) =>
      FIRST[place] ?? development(String(200_000_000_000 + place), `shop-team-${place - 2}`),
  )
}

function development(id: string, name: string): Account {
  return {
    id,
    name,
    kind: 'development',
    home: 'eu-west-1',
    regions: [
      { region: 'eu-west-1', fileMinutes: 120 },
      { region: 'us-east-1', fileMinutes: 180 },
    ],
    buckets: ['assets', 'uploads', 'tfstate', 'scratch'].map((use) => `${name}-${use}`),
    roles: words('orders-api-dev catalog-api-dev sandbox-runner AWSServiceRoleForECS'),
    bustle: 0.45,
  }
}

function person(
  name: string,
  address: string,
  habits: { sessionsPerDay: number; consoleShare: number },
): Person {
  return { name, address, zoneHours: 1, ...habits }
}

function words(text: string): readonly string[] {
  return text.split(' ')
}
