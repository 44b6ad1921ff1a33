import { defineCommand } from 'nuages'
import { atomic } from 'nuages/orm'
import authors from './demo/authors.json' with { type: 'json' }
import { readDemoPosts } from './demo/demo-posts.ts'
import tags from './demo/tags.json' with { type: 'json' }
import { Author, Post, Tag } from './models.ts'

/** All of it or, where something fails, nothing. */
async function load(): Promise<number> {
  const posts = await readDemoPosts()
  return atomic(async () => {
    const authorOf = new Map<string, Author>()
    const tagOf = new Map<string, Tag>()
    for (const author of authors) authorOf.set(author.slug, await Author.objects.create(author))
    for (const tag of tags) tagOf.set(tag.slug, await Tag.objects.create(tag))
    for (const { author, tags: slugs, ...values } of posts) {
      const post = await Post.objects.create({ ...values, author: found(authorOf, author) })
      await post.tags.add(...slugs.map((slug) => found(tagOf, slug)))
      // As if it had been written then: `update` sets what `save` would set to now.
      const written = values.publishedAt
      if (written !== null) await Post.objects.filter({ id: post.id }).update({ created: written, updated: written })
    }
    return posts.length
  })
}

function found<T>(map: ReadonlyMap<string, T>, slug: string): T {
  const value = map.get(slug)
  if (value === undefined) throw new Error(`The demo has no '${slug}'. It has: ${[...map.keys()].join(', ')}.`)
  return value
}

export const loaddemo = defineCommand({
  name: 'loaddemo',
  help: 'Load the demo content, unless there are posts already.',
  async run({ stdout }) {
    if (await Post.objects.exists()) {
      stdout.write('There are posts already: nothing was loaded.\n')
      return
    }
    stdout.write(`Loaded ${await load()} posts.\n`)
  },
})
