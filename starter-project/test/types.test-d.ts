import { reverse } from 'nuages/urls'
import { redirect } from 'nuages/views'
import { expectTypeOf } from 'vitest'
import type { Cloud } from '../blog/clouds.ts'
import { Author, Post } from '../blog/models.ts'

// Names and arguments of URLs, as `nuages.d.ts` registers them.
reverse('blog:archive-month', { year: 2026, month: 3 })
reverse('blog:archive-month', [2026, 3])
// @ts-expect-error there is no such name
reverse('blog:pots')
// @ts-expect-error the month is missing
reverse('blog:archive-month', { year: 2026 })
// @ts-expect-error a year is a number
reverse('blog:archive-year', { year: '2026' })
// @ts-expect-error there is no such name
redirect('blog:pots')

// The manager's methods follow its filters, and each path is checked.
Post.objects.filter({ author__name__icontains: 'sora' }).published().matching('rain')
// @ts-expect-error an author has no such field
Post.objects.published().filter({ author__nam: 'x' })
// @ts-expect-error it is a string
Post.objects.published().filter({ title__icontains: 3 })
// @ts-expect-error nobody has drawn it
Post.objects.filter({ cloud: 'fog' })
// @ts-expect-error a post has a title
Post.objects.create({ slug: 'x', summary: 'x', body: 'x', author: new Author() })

export async function rows(): Promise<void> {
  const post = await Post.objects.published().first()
  if (post === null) return
  expectTypeOf(post.cloud).toEqualTypeOf<Cloud>()
  expectTypeOf(post.publishedAt).toEqualTypeOf<Temporal.Instant | null>()
  // @ts-expect-error the author was not loaded
  post.author.name
  expectTypeOf((await post.author).name).toBeString()
  const loaded = await Post.objects.published().selectRelated('author').first()
  expectTypeOf(loaded!.author.name).toBeString()
}
