import { Type } from 'typebox'
import { Fault } from '../../base/fault.ts'
import type { HttpApp } from '../http-types.ts'
import {
  HTTP_PROBLEMS,
  PROBLEM_CODES,
  type ProblemCode,
  problemKind,
} from '../reply/problem-kinds.ts'

const MARKDOWN = 'text/markdown; charset=utf-8'

/** `/problems/CODE`: what a problem means and what to do about it. `faultsText` holds a `## CODE` section for each fault. */
export function addProblemRoutes(app: HttpApp, faultsText: string): void {
  const remedies = remediesIn(faultsText)
  app.get(
    '/problems/:code',
    {
      config: { access: 'public' },
      schema: {
        summary: 'What a problem means and what to do about it.',
        params: Type.Object({ code: Type.String() }, { additionalProperties: false }),
        response: {
          200: {
            description: 'Markdown.',
            content: { 'text/markdown': { schema: Type.String() } },
          },
        },
      },
    },
    async ({ params }, reply) => {
      const code = PROBLEM_CODES.find((known) => known === params.code)
      if (code === undefined) {
        throw new Fault(
          'NOT_FOUND',
          `no problem is called '${params.code}'; these are: ${PROBLEM_CODES.join(', ')}`,
        )
      }
      return reply
        .type(MARKDOWN)
        .serializer((text: string) => text)
        .send(pageOf(code, remedies))
    },
  )
}

function pageOf(code: ProblemCode, remedies: ReadonlyMap<string, string>): string {
  const { title, status } = problemKind(code)
  const remedy =
    code in HTTP_PROBLEMS
      ? HTTP_PROBLEMS[code as keyof typeof HTTP_PROBLEMS].remedy
      : (remedies.get(code) ?? 'The `detail` of the answer says what to do.')
  return `# ${code}\n\n${title} (HTTP status ${status}).\n\n${remedy}\n`
}

function remediesIn(faultsText: string): ReadonlyMap<string, string> {
  const sections = faultsText.split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const [code = '', ...lines] = section.split('\n')
      return [code.trim(), lines.join('\n').trim()]
    }),
  )
}
