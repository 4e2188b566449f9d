// The rooms of each floor, in the order an event walks through them.
// A room may import rooms listed before it, never one listed after it.
const floors = {
  models: ['series', 'distribution', 'baseline', 'detector', 'evaluation'],
  src: [
    'base',
    'source',
    'event',
    'bucket',
    'insight',
    'store',
    'sink',
    'simulate',
    'pipeline',
    'http',
    'cli',
  ],
}

const forbid = (name, from, to) => ({ name, severity: 'error', from, to })

const backwardOnly = Object.entries(floors).flatMap(([floor, rooms]) =>
  rooms.slice(0, -1).map((room, place) => {
    const later = rooms.slice(place + 1).join('|')
    return forbid(
      `${floor}-${room}-knows-only-what-came-before`,
      { path: `^${floor}/${room}/` },
      { path: `^${floor}/((${later})/|index[.]ts$|main[.]ts$)` },
    )
  }),
)

// A package has one home, so replacing it means rewriting one room.
const homes = {
  'fastify|@fastify|prom-client': 'http',
  'ical[.]js|luxon|mustache': 'base',
  'better-sqlite3|kysely': 'store',
  '@aws-sdk/(?!client-(?:s3|sns|eventbridge)/)[^/]+': 'source',
  // Read from and written to.
  '@aws-sdk/client-s3': '(?:source|sink)',
  '@aws-sdk/client-(?:sns|eventbridge)': 'sink',
  'commander|croner': 'cli',
  uplot: 'web',
}
const onePackageOneRoom = Object.entries(homes).map(([packages, room]) =>
  forbid(
    `${packages}-only-in-${room}`,
    { path: '^(models|src)/', pathNot: `^src/${room}/` },
    { path: `node_modules/(${packages})(/|$)` },
  ),
)

export default {
  forbidden: [
    ...backwardOnly,
    ...onePackageOneRoom,
    forbid('no-circles', {}, { circular: true }),
    forbid('models-are-pure', { path: '^models/' }, { pathNot: '^models/|/simple-statistics/' }),
    forbid(
      'models-by-the-front-door',
      { path: '^(src|benchmarks|test/(integration|e2e))/' },
      { path: '^models/', pathNot: '^models/index[.]ts$' },
    ),
    forbid('http-never-ingests', { path: '^src/http/' }, { path: '^src/(source|event|bucket)/' }),
    forbid(
      'disk-only-in-source-store-and-sink',
      // The scanner loads its own code.
      { path: '^src/', pathNot: '^src/(source|store|sink)/|^src/event/scan/scanner-code[.]ts$' },
      { path: '^(node:)?fs' },
    ),
    forbid('web-knows-only-models', { path: '^src/web/' }, { path: '^src/(?!web/)' }),
    forbid('nobody-imports-web', { path: '^(models|src/(?!web/))' }, { path: '^src/web/' }),
    forbid('nothing-imports-tests', { path: '^(models|src)/' }, { path: '^test/' }),
    forbid(
      'no-dead-files',
      { path: '^src/main[.]ts$' },
      {
        path: '^(models|src)/.*[.]ts$',
        // Entered by others: as a library, as a thread, and by the AssemblyScript compiler.
        pathNot:
          '^(models|src)/index[.]ts$|^src/pipeline/(reading/reading|scoring/scoring)-thread[.]ts$|^src/event/scan/assembly/|^src/web/',
        reachable: false,
      },
    ),
    forbid(
      'no-dead-files-of-the-page',
      { path: '^src/web/page[.]ts$' },
      { path: '^src/web/.*[.]ts$', reachable: false },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
}
