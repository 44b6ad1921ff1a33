import { expectTypeOf, test } from 'vitest'
import { char, Model, QuerySet } from '../../src/index.ts'
import { type ByNaturalKey, deserialize, type NaturalKeyOf, serialize } from '../../src/serialization/index.ts'
import { type Article, type Author, Tag } from './models.ts'

test('the natural key of a model is what its rows give, awaited', () => {
  expectTypeOf<NaturalKeyOf<typeof Author>>().toEqualTypeOf<[firstName: string, lastName: string]>()
  expectTypeOf<NaturalKeyOf<typeof Article>>().toEqualTypeOf<[slug: string, firstName: string, lastName: string]>()
})

class Word extends Model({ text: char({ maxLength: 20 }) }) {
  naturalKey(): [text: string] {
    return [this.text]
  }
}

test('a manager whose key is another one does not compile', () => {
  class NumberedWords extends QuerySet<typeof Word> implements ByNaturalKey<typeof Word> {
    // @ts-expect-error the key is a text
    getByNaturalKey(id: number): Promise<Word> {
      return this.get({ id })
    }
  }
  expectTypeOf(NumberedWords).toBeObject()
})

test('querysets and rows are written, formats are known', () => {
  expectTypeOf(serialize('json', Tag.objects.filter({ name: 'x' }))).resolves.toBeString()
  expectTypeOf(serialize('jsonl', [new Tag()])).resolves.toBeString()
  // @ts-expect-error there is no such format
  void serialize('xml', [])
  expectTypeOf(deserialize('json', '[]')).toExtend<AsyncIterable<{ readonly object: object }>>()
})
