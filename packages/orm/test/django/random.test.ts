import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, answerText } from './answer.ts'
import { useBothSides } from './both-sides.ts'
import { withoutDjango } from './django-side.ts'
import type { NeutralNode, Recorded } from './neutral.ts'
import { askNuages } from './nuages-side.ts'
import { annotated, comparing, filtered, grouped } from './random-queries.ts'

/** Which queries, and how many: `SEED=… RUNS=…` asks others. */
const seed = Number(process.env.SEED ?? 4)
const runs = Number(process.env.RUNS ?? 10_000)
const batch = 200
const timeZone = 'Europe/Paris'

describe.skipIf(withoutDjango)(`random queries of seed ${seed}, as Django answers them (python3-django)`, () => {
  const sides = useBothSides()

  async function differences(queries: readonly NeutralNode[]): Promise<string[]> {
    const answering = sides.django.ask(queries, { timeZone })
    const nuages: Answer[] = []
    for (const asked of queries) nuages.push(await askNuages(asked, timeZone))
    const django = await answering
    const differing = queries.map((_, index) => index).filter((index) => !areSame(django[index]!, nuages[index]!))
    if (differing.length === 0) return []
    const again = differing.map((index) => queries[index]!)
    const mended = await sides.django.ask(again, { timeZone, mended: true })
    return differing.flatMap((index, at) => {
      if (areSame(mended[at]!, nuages[index]!) || mended[at]!.error === 'OperationalError') return []
      return [shown(queries[index]!, django[index]!, mended[at]!, nuages[index]!)]
    })
  }

  async function compareAll(queries: fc.Arbitrary<Recorded>, numRuns: number): Promise<void> {
    const all = fc.sample(queries, { seed, numRuns })
    for (let start = 0; start < numRuns; start += batch) {
      const found = await differences(all.slice(start, start + batch))
      if (found.length > 0) await shrink(queries, start)
    }
  }

  /** Asks the queries from there on one by one; fast-check makes the first that differs as small as it can. */
  async function shrink(queries: fc.Arbitrary<Recorded>, start: number): Promise<void> {
    const property = fc.asyncProperty(queries, async (asked) => {
      expect((await differences([asked])).join('\n')).toBe('')
    })
    await fc.assert(property, { seed, path: String(start), numRuns: batch })
  }

  test.each([
    ['filters, excludes and trees', filtered, runs],
    ['annotations, and filters by them', annotated, runs / 4],
    ['groups', grouped, runs / 8],
    ['columns compared with columns', comparing, runs / 8],
  ])('%s', { timeout: 600_000 }, (_, queries, numRuns) => compareAll(queries, numRuns))
})

function areSame(django: Answer, nuages: Answer): boolean {
  return answerText(django, django.ordered ?? false) === answerText(nuages, django.ordered ?? false)
}

function shown(asked: NeutralNode, django: Answer, mended: Answer, nuages: Answer): string {
  const sides = { Django: django, 'Django, mended': mended, Nuages: nuages }
  const texts = Object.entries(sides).map(([side, answer]) => {
    return `${side}: ${answer.message ?? answer.sql.join('\n')}\n${answerText(answer, django.ordered ?? false)}`
  })
  return [JSON.stringify(asked), ...texts].join('\n')
}
