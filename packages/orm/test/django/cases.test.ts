import { describe, expect, test } from 'vitest'
import { answerText } from './answer.ts'
import { useBothSides } from './both-sides.ts'
import type { Case, Cases } from './cases/case.ts'
import { textLookups } from './cases/text-lookups.ts'
import { withoutDjango } from './django-side.ts'
import type { NeutralNode } from './neutral.ts'
import { askNuages, askNuagesAndUndo } from './nuages-side.ts'

const topics: Readonly<Record<string, Cases>> = { 'lookups of text': textLookups }

describe.skipIf(withoutDjango).each(['UTC', 'Europe/Paris'])(
  'the same answers as Django (python3-django), in %s',
  (timeZone) => {
    const sides = useBothSides()

    async function compare(each: Case): Promise<void> {
      const writes = Array.isArray(each)
      const refused = !writes && 'refused' in each
      const nodes = (writes ? each : [refused ? each.refused : each]) as readonly NeutralNode[]
      const django = await sides.django.ask(nodes, { timeZone, undo: writes })
      const nuages = writes ? await askNuagesAndUndo(nodes, timeZone) : [await askNuages(nodes[0]!, timeZone)]
      for (const [index, expected] of django.entries()) {
        const got = nuages[index]!
        const shown = `\nDjango: ${expected.message ?? expected.sql.join('\n')}\nNuages: ${got.message ?? ''} ${got.sql.join('\n')}`
        expect(expected.error, shown).toBe(refused ? each.as : undefined)
        expect(answerText(got, expected.ordered ?? false), shown).toBe(answerText(expected, expected.ordered ?? false))
      }
    }

    describe.each(Object.entries(topics))('%s', (_topic, cases) => {
      test.each(Object.entries(cases))('%s', (_name, each) => compare(each))
    })
  },
)
