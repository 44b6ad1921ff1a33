import { expect, test } from 'vitest'
import { Count } from '../../src/index.ts'
import { Author } from '../library/author.ts'
import { Book } from '../library/book.ts'
import { useLibrary } from '../library/use-library.ts'

useLibrary()

// What the compiler would refuse, as a caller without types may write it.
const books = Book.objects as unknown as { filter(conditions: object): typeof Book.objects }
const counted = Author.objects.annotate({ n: Count('books') }) as unknown as { filter(conditions: object): unknown }

test.each([
  [() => books.filter({ author: 'x' }), "Field 'author' expected an integer, got 'x'."],
  [() => books.filter({ author__in: ['x'] }), "Field 'author__in' expected an integer, got 'x'."],
  [() => books.filter({ author__name: 3 }), "Field 'name' expected a string, got 3."],
  [() => counted.filter({ n: 'x' }), "Field 'n' expected an integer, got 'x'."],
  [() => counted.filter({ n__gt: 'x' }), "Field 'n__gt' expected an integer, got 'x'."],
  [() => counted.filter({ n__gtt: 1 }), "Field 'n' has no lookup 'gtt' (in filter 'n__gtt')"],
  [() => books.filter({ publishedAt__year__foo: 1 }), "Field 'year' has no lookup 'foo'"],
])('%s', (query, message) => {
  expect(query).toThrow(message)
})
