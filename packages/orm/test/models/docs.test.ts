import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { database, type ModelMeta, registerModels } from '../../src/index.ts'
import { codeOf, run } from '../documentation.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase()

test('the code of docs/models/README.md runs', async () => {
  using _silent = vi.spyOn(console, 'log').mockImplementation(() => {})
  const [declarations, ...examples] = codeOf('models/README.md')
  const models = await run<Record<string, unknown>>(declarations!, join(place.dir, 'library.ts'))
  const metas: ModelMeta[] = registerModels('docs', models)
  await database().script(tablesOf(metas))
  const index = join(import.meta.dirname, '../../src/index.ts')
  const preamble = `import { atomic, Count, Q, ValidationError } from '${index}'\nimport { Author, Book, Tag } from './library.ts'\n`
  const { author } = await run<{ author: { name: string } }>(
    `${preamble}${examples.join('\n')}\nvoid atomic\nexport const author = ursula`,
    join(place.dir, 'examples.ts'),
  )
  expect(author.name).toBe('Ursula Le Guin')
})
