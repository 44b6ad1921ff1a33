import { CommandError, defineCommand } from 'nuages'
import { atomic } from 'nuages/orm'
import { User } from '../accounts/models.ts'
import authors from './demo/authors.json' with { type: 'json' }
import comments from './demo/comments.json' with { type: 'json' }
import { demoAccount } from './demo/demo-account.ts'
import { readDemoPosts } from './demo/demo-posts.ts'
import tags from './demo/tags.json' with { type: 'json' }
import { Author, Comment, Post, Tag } from './models.ts'

/** All of it or, where something fails, nothing. */
async function load(): Promise<number> {
  const posts = await readDemoPosts()
  return atomic(async () => {
    const { email, password, writesAs } = demoAccount
    const user = await User.objects.createSuperuser({ email, password })
    const authorOf = new Map<string, Author>()
    const tagOf = new Map<string, Tag>()
    const postOf = new Map<string, Post>()
    for (const author of authors) {
      const writer = author.slug === writesAs ? { ...author, user } : author
      authorOf.set(author.slug, await Author.objects.create(writer))
    }
    for (const tag of tags) tagOf.set(tag.slug, await Tag.objects.create(tag))
    for (const { author, tags: slugs, ...values } of posts) {
      const post = await Post.objects.create({ ...values, author: found(authorOf, author) })
      await post.tags.add(...slugs.map((slug) => found(tagOf, slug)))
      postOf.set(post.slug, post)
      // As if it had been written then: `update` sets what `save` would set to now.
      const written = values.publishedAt
      if (written !== null) await Post.objects.filter({ id: post.id }).update({ created: written, updated: written })
    }
    for (const { post, ...comment } of comments) {
      await Comment.objects.create({ ...comment, post: found(postOf, post) })
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
  async run({ stdout, settings }) {
    if (!settings.debug) {
      throw new CommandError('loaddemo makes an account whose password everybody knows, so it needs debug to be on.', {
        hint: 'Make an account of your own with createsuperuser.',
      })
    }
    if (await Post.objects.exists()) stdout.write('There are posts already: nothing was loaded.\n')
    else stdout.write(`Loaded ${await load()} posts.\n`)
    const { email, password } = demoAccount
    const user = await User.objects.filter({ email }).first()
    if (await user?.checkPassword(password)) {
      stdout.write(`Log in as '${email}' with the password '${password}' (only while debug is on).\n`)
    }
  },
})
