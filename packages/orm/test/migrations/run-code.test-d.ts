import { expectTypeOf } from 'vitest'
import { char, dateTime, integer } from '../../src/fields/index.ts'
import { noop, runCode, runSQL } from '../../src/migrations/index.ts'

runCode(async (history) => {
  const Post = history.model('blog.Post', {
    title: char({ maxLength: 20 }),
    size: integer({ null: true }),
    created: dateTime({ autoNowAdd: true }),
  })
  const post = await Post.objects.get({ title__startswith: 'x' })
  expectTypeOf(post.title).toEqualTypeOf<string>()
  expectTypeOf(post.size).toEqualTypeOf<number | null>()
  await Post.objects.create({ title: 'x' })
  // @ts-expect-error the title is required
  await Post.objects.create({ size: 3 })
  // @ts-expect-error no such field was named
  post.body
  // @ts-expect-error nor can it be looked up
  Post.objects.filter({ body: 'x' })
})

// @ts-expect-error code is asynchronous
runCode(() => 3)

runCode(async () => {}, { elidable: true })
runCode(async () => {}, noop, { elidable: true, atomic: false, hints: { model: 'Post', audit: 1 } })
// @ts-expect-error there is no such option
runCode(async () => {}, noop, { stateOperations: [] })
// @ts-expect-error an operation is in the migration's transaction unless it says false
runCode(async () => {}, noop, { atomic: true })

runSQL('SELECT 1', noop, { stateOperations: [runSQL('SELECT 1')] })
runSQL(['SELECT 1', ['SELECT ?, ?', [1n, null]]], { hints: {} })
// @ts-expect-error values are what a driver takes
runSQL([['SELECT ?', [new Date()]]])
// @ts-expect-error text and values go together in a list of statements
runSQL('SELECT ?', [1])
