import { describe, expect, test } from 'vitest'
import { type Answer, answerText } from './answer.ts'
import { useBothSides } from './both-sides.ts'
import type { Case } from './cases/case.ts'
import { withoutDjango } from './django-side.ts'
import { knownDifferences } from './known-differences.ts'
import type { NeutralNode } from './neutral.ts'
import { askNuages, askNuagesAndUndo } from './nuages-side.ts'
import { topics } from './topics.ts'

/** What a test compares: one text for each query of a case, and how it came about. */
interface Compared {
  readonly django: readonly string[]
  readonly nuages: readonly string[]
  readonly shown: string
}

describe.skipIf(withoutDjango).each(['UTC', 'Europe/Paris'])(
  'as Django answers (python3-django), in %s',
  (timeZone) => {
    const sides = useBothSides()

    async function compare(asked: Case): Promise<Compared> {
      const writes = Array.isArray(asked)
      const nodes = writes
        ? (asked as readonly NeutralNode[])
        : ['refused' in asked ? asked.refused : (asked as NeutralNode)]
      const django = await sides.django.ask(nodes, { timeZone, undo: writes })
      const nuages = writes ? await askNuagesAndUndo(nodes, timeZone) : [await askNuages(nodes[0]!, timeZone)]
      const ordered = django.map((answer) => answer.ordered ?? false)
      return {
        django: django.map((answer, index) => answerText(answer, ordered[index]!)),
        nuages: nuages.map((answer, index) => answerText(answer, ordered[index]!)),
        shown: `\nDjango: ${how(django)}\nNuages: ${how(nuages)}`,
      }
    }

    describe.each(Object.entries(topics))('%s', (topic, cases) => {
      test.each(Object.entries(cases))('%s', async (name, asked) => {
        const { django, nuages, shown } = await compare(asked)
        if ('refused' in asked) {
          expect(django, shown).toEqual([`error ${asked.as}`])
          expect(nuages, shown).toEqual([`error ${asked.here ?? asked.as}`])
          return
        }
        expect(django.join('\n'), shown).not.toMatch(/^error /m)
        const known = reasonOf(topic, name, timeZone)
        if (known === undefined) expect(nuages, shown).toEqual(django)
        else expect(nuages, `Is this a difference still? ${known}${shown}`).not.toEqual(django)
      })
    })
  },
)

test('every difference that is known is one of a case', () => {
  for (const [topic, names] of Object.entries(knownDifferences)) {
    expect(Object.keys(topics[topic] ?? {})).toEqual(expect.arrayContaining(Object.keys(names)))
  }
})

function how(answers: readonly Answer[]): string {
  return answers.map(({ message, sql }) => [...(message ? [message] : []), ...sql].join('\n')).join('\n---\n')
}

function reasonOf(topic: string, name: string, timeZone: string): string | undefined {
  const known = knownDifferences[topic]?.[name]
  if (typeof known !== 'object') return known
  return known.in === timeZone ? known.reason : undefined
}
