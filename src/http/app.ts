import { randomUUID } from 'node:crypto'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import type { InboxDoor } from '../sink/inbox.ts'
import type { StoreEditor } from '../store/store.ts'
import type { Tokens } from './access/access.ts'
import { addAccess } from './access/add-access.ts'
import type { Audit } from './access/audit.ts'
import { type AwsAccess, addAwsRoutes } from './aws/aws-routes.ts'
import { answerClientError } from './client-error.ts'
import { addConditional } from './conditional.ts'
import { addDocument } from './document.ts'
import { addGate, secure } from './gate.ts'
import { hangUpOnClose } from './hang-up.ts'
import type { House, HttpApp } from './http-types.ts'
import { limitServer, REQUEST_LIMITS } from './limits.ts'
import { isLoopback } from './loopback.ts'
import { addMetrics } from './metrics/metrics.ts'
import type { RunCounts } from './metrics/schedule-metrics.ts'
import type { PageFiles } from './page.ts'
import { pagerWith } from './query/pager.ts'
import { faultReply } from './reply/fault-reply.ts'
import { KeptReplies } from './reply/kept-replies.ts'
import { addPlainJson } from './reply/plain-json.ts'
import { addBaselineRoutes } from './routes/baseline-routes.ts'
import { addCoverageRoutes } from './routes/coverage-routes.ts'
import { addDocsRoutes } from './routes/docs-routes.ts'
import { addEventRoutes } from './routes/event-routes.ts'
import { addEvidenceRoute } from './routes/evidence-route.ts'
import { addExclusionRoutes } from './routes/exclusion-routes.ts'
import { addExplainRoute } from './routes/explain-route.ts'
import { addFreshnessRoute } from './routes/freshness-route.ts'
import { addHealthRoutes } from './routes/health-routes.ts'
import { addIncidentRoutes } from './routes/incident-routes.ts'
import { addIndexRoute } from './routes/index-route.ts'
import { addInsightRoutes } from './routes/insight-routes.ts'
import { addLabelRoutes } from './routes/label-routes.ts'
import { addPageRoutes } from './routes/page-routes.ts'
import { addProblemRoutes } from './routes/problem-routes.ts'
import { addRejectionRoutes } from './routes/rejection-routes.ts'
import { addReplayRoutes } from './routes/replay-routes.ts'
import { addSelectorRoutes } from './routes/selector-routes.ts'
import { addSeriesRoutes } from './routes/series-routes.ts'
import { addStreamRoute } from './routes/stream-route.ts'
import { addStretchRoutes } from './routes/stretch-routes.ts'
import { addVerdictRoutes } from './routes/verdict-routes.ts'

/** What the server is made of. */
export interface AppOptions extends House {
  /** Where requests and bugs are logged; nowhere unless given. */
  readonly log?: FastifyBaseLogger
  /** The text of `faults.md`, for `/problems/CODE`. */
  readonly faultsText?: string
  /** The web page for browsers; none unless given. */
  readonly page?: PageFiles | null
  /** Lets AWS's own clients ask; no key opens anything unless given. */
  readonly aws?: AwsAccess
  /** The tokens that requests must bring one of; nobody is asked for any unless given. */
  readonly tokens?: Tokens
  /** Writes what people say; nobody may unless given. */
  readonly editor?: StoreEditor
  /** Takes events that are pushed; nobody may push any unless given. */
  readonly inbox?: InboxDoor
  /** Takes down each write; nobody does unless given. */
  readonly audit?: Audit
  /** How the runs of a schedule fare; absent where there is none. */
  readonly runCounts?: () => RunCounts
}

const NO_AWS: AwsAccess = { keys: () => [], unsigned: false }

/**
 * The HTTP API over a store, ready to `inject` into or to `listen` with. Nothing is ingested, scored or learned here; events
 * that are pushed wait for the next run. `close()` ends it; the store stays open and is the caller's.
 */
export async function buildApp(options: AppOptions): Promise<HttpApp> {
  const { settings, log, faultsText, aws = NO_AWS, tokens = null, editor = null } = options
  const { page = null, inbox = null, audit = () => {} } = options
  const app: HttpApp = Fastify({
    ...REQUEST_LIMITS,
    ...(log === undefined ? { logger: false } : { loggerInstance: log }),
    // Strict numbers would let 1e999 past every limit: keywords about numbers skip the infinite.
    ajv: {
      customOptions: {
        ...{ removeAdditional: false, coerceTypes: 'array', allErrors: true },
        strictNumbers: false,
      },
    },
    requestIdHeader: false,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    trustProxy: false,
    frameworkErrors: (error, request, reply) => faultReply(error, request, secure(request, reply)),
    clientErrorHandler: answerClientError,
  })
  limitServer(app.server)
  hangUpOnClose(app)
  app.setErrorHandler(faultReply)
  addGate(app, settings.hostNames, { anyHost: tokens !== null })
  addPlainJson(app)
  addConditional(app)
  const kept = new KeptReplies(options.store)
  kept.keep(app)
  await app.register(rateLimit, {
    max: settings.requestsPerSecond,
    timeWindow: 1_000,
    enableDraftSpec: true,
    allowList: ({ ip }) => isLoopback(ip),
  })
  addAccess(app, { ...options, editor, inbox, tokens, audit })
  kept.answerFrom(app)
  await addDocument(app, { asksTokens: tokens !== null })
  addMetrics(app, options)
  const house = { ...options, pager: pagerWith(settings.cursorKey) }
  addInsightRoutes(app, house)
  addEvidenceRoute(app)
  addStreamRoute(app, house)
  addVerdictRoutes(app, house)
  addLabelRoutes(app, house)
  addSelectorRoutes(app, house)
  addIncidentRoutes(app, house)
  addSeriesRoutes(app, house)
  addExclusionRoutes(app, house)
  addReplayRoutes(app, house)
  addBaselineRoutes(app, house)
  addExplainRoute(app, house)
  addCoverageRoutes(app)
  addStretchRoutes(app, house)
  addFreshnessRoute(app)
  addRejectionRoutes(app)
  await addEventRoutes(app, { ...house, inbox })
  addHealthRoutes(app, house)
  addProblemRoutes(app, faultsText ?? '')
  addDocsRoutes(app)
  if (page !== null) addPageRoutes(app, page)
  addIndexRoute(app, page)
  addAwsRoutes(app, { ...options, aws, editor, audit })
  await app.ready()
  return app
}

/** The caller's own id, if it is one that can stand in a log line; else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
}
