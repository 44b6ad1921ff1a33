import { expect, test } from 'vitest'
import { atomic } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { useLibrary } from '../library/use-library.ts'

useLibrary()

// As JavaScript may write them: the compiler refuses each.
const loose = (options: object) => options as {}

test('an option that is misspelt is refused, not passed over', async () => {
  expect(() => atomic(async () => 1, loose({ readonly: true }))).toThrow(
    "atomic() takes no option 'readonly'. Did you mean 'readOnly'?",
  )
  expect(() => Author.objects.selectForUpdate(loose({ skiplocked: true }))).toThrow(
    "selectForUpdate() takes no option 'skiplocked'. Did you mean 'skipLocked'?",
  )
  await expect(Author.objects.bulkCreate([], loose({ ignoreConflict: true }))).rejects.toThrow(
    "bulkCreate() takes no option 'ignoreConflict'. Did you mean 'ignoreConflicts'?",
  )
  expect(await Author.objects.count()).toBe(0)
})
