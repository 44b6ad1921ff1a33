import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, answerText } from './answer.ts'
import { useBothSides } from './both-sides.ts'
import { withoutDjango } from './django-side.ts'
import { type NeutralNode, query, type Recorded } from './neutral.ts'
import { askNuages } from './nuages-side.ts'
import { condition, tree } from './random-conditions.ts'
import { type ModelName, schema } from './schema.ts'

const models = ['Book', 'Author', 'Publisher', 'Tag', 'Review'] as const satisfies readonly ModelName[]

const filtered = fc.constantFrom(...models).chain((name) => {
  const leaf = condition(schema[name].meta)
  const given = fc.oneof(
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((all) => Object.fromEntries(all)),
    tree(leaf),
  )
  const call = fc.tuple(fc.constantFrom('filter', 'exclude'), given)
  return fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => {
    let asked: Recorded = query(name)
    for (const [method, argument] of calls) asked = asked[method as 'filter'](argument)
    return asked.orderBy().valuesList('pk', { flat: true })
  })
})

/** How many queries there are, and which: `SEED=… RUNS=…` asks others. */
const seed = Number(process.env.SEED ?? 4)
const runs = Number(process.env.RUNS ?? 10_000)
const batch = 200
const timeZone = 'Europe/Paris'

describe.skipIf(withoutDjango)('random filters and excludes, as Django answers them (python3-django)', () => {
  const sides = useBothSides()

  async function differences(queries: readonly NeutralNode[]): Promise<string[]> {
    const answering = sides.django.ask(queries, { timeZone })
    const nuages: Answer[] = []
    for (const asked of queries) nuages.push(await askNuages(asked, timeZone))
    const django = await answering
    const differing = queries
      .map((_, index) => index)
      .filter((index) => answerText(django[index]!, false) !== answerText(nuages[index]!, false))
    if (differing.length === 0) return []
    const again = await sides.django.ask(
      differing.map((index) => queries[index]!),
      { timeZone, mended: true },
    )
    return differing.flatMap((index, at) => {
      if (answerText(again[at]!, false) === answerText(nuages[index]!, false)) return []
      return [shown(queries[index]!, django[index]!, again[at]!, nuages[index]!)]
    })
  }

  test(`${runs} of seed ${seed}`, { timeout: 600_000 }, async () => {
    const queries = fc.sample(filtered, { seed, numRuns: runs })
    for (let start = 0; start < runs; start += batch) {
      const found = await differences(queries.slice(start, start + batch))
      if (found.length > 0 && process.env.ALL) console.log(found.join('\n\n'))
      else if (found.length > 0) await shrink(start)
    }
  })

  /** Asks the queries from there on one by one; fast-check makes the first that differs as small as it can. */
  async function shrink(start: number): Promise<void> {
    const property = fc.asyncProperty(filtered, async (asked) => {
      const found = await differences([asked])
      expect(found.join('\n')).toBe('')
    })
    await fc.assert(property, { seed, path: String(start), numRuns: batch })
  }
})

function shown(asked: NeutralNode, django: Answer, mended: Answer, nuages: Answer): string {
  return [
    JSON.stringify(asked),
    `Django: ${django.message ?? django.sql.join('\n')}`,
    answerText(django, false),
    `Django, mended: ${mended.message ?? mended.sql.join('\n')}`,
    answerText(mended, false),
    `Nuages: ${nuages.message ?? nuages.sql.join('\n')}`,
    answerText(nuages, false),
  ].join('\n')
}
