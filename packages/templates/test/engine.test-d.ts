import { expectTypeOf } from 'vitest'
import {
  createNunjucksEngine,
  type Engine,
  type FilterThis,
  markSafe,
  type RenderOptions,
  type SafeString,
  type TemplateContext,
  type TemplateLibrary,
  type TemplateName,
} from '../src/index.ts'

expectTypeOf(createNunjucksEngine).returns.toEqualTypeOf<Engine>()
expectTypeOf<Engine['render']>().toEqualTypeOf<
  (name: TemplateName | readonly TemplateName[], context?: TemplateContext, options?: RenderOptions) => Promise<string>
>()

// Filters and tests say what they take, tags take what they are given.
const library = {
  filters: {
    shout: (text: string, mark = '!') => text + mark,
    names(this: FilterThis, rows: readonly object[]) {
      return rows.map((row) => this.lookup(row, 'name'))
    },
  },
  tests: { long: (text: string) => text.length > 9 },
  globals: { siteName: 'x', year: () => 2026 },
  tags: { bold: (_context, [text]) => markSafe(`<b>${text}</b>`), later: async () => 'x' },
} satisfies TemplateLibrary
expectTypeOf(library.tags.bold).parameter(1).toEqualTypeOf<readonly unknown[]>()
expectTypeOf(markSafe).returns.toEqualTypeOf<SafeString>()

// @ts-expect-error a test answers yes or no
const wrongTest: TemplateLibrary = { tests: { long: (text: string) => text.length } }
// @ts-expect-error a filter is a function
const wrongFilter: TemplateLibrary = { filters: { shout: 'loud' } }
// @ts-expect-error there is no such option
createNunjucksEngine({ directories: [] })
