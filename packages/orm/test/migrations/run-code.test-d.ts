import { expectTypeOf } from 'vitest'
import { char, dateTime, integer } from '../../src/fields/index.ts'
import { runCode } from '../../src/migrations/index.ts'

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
