import { expect, test } from 'vitest'
import { withArticle } from '../src/index.ts'

test('a word has the article that it is said with', () => {
  for (const word of ['email', 'Author', 'undefined', 'object', 'integer', 'Instant', 'umbrella']) {
    expect(withArticle(word)).toBe(`an ${word}`)
  }
  for (const word of ['username', 'user', 'URL', 'UUIDField', 'unit', 'phone', 'string', 'one-time code', 'euro', '']) {
    expect(withArticle(word)).toBe(`a ${word}`)
  }
})
