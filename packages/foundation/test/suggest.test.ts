import { expect, test } from 'vitest'
import { didYouMean, nearestName } from '../src/index.ts'

test.each([
  ['athor', ['author', 'title'], 'author'],
  ['Author', ['author'], 'author'],
  ['publishedat', ['publishedAt', 'title'], 'publishedAt'],
  ['titel', ['title', 'slug'], 'title'],
  ['nmae', ['born', 'name'], 'name'],
  ['tgas', ['tags', 'title'], 'tags'],
  ['titel', ['titles', 'title'], 'title'],
  ['pk', ['at', 'id'], undefined],
  ['pots', ['post', 'posts'], 'posts'],
  ['di', ['at', 'id'], 'id'],
  ['nmae', ['day', 'at', 'slug'], undefined],
  ['x', ['y'], undefined],
  ['rating', ['price'], undefined],
  ['xyz', ['author', 'title'], undefined],
  ['a', [], undefined],
  ['', ['author'], undefined],
])('the name nearest to %j of %j is %j', (name, known, nearest) => {
  expect(nearestName(name, known)).toBe(nearest)
})

test('says nothing when nothing is near', () => {
  expect(didYouMean('xyz', ['author'])).toBe('')
  expect(didYouMean('athor', ['author'])).toBe(" Did you mean 'author'?")
})
