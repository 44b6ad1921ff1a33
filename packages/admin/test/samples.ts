import { Author, Post } from './project/blog/models.ts'

/** An author with `count` posts: `Post 1`, `Post 2`, … */
export async function authorWithPosts(count: number, name = 'Ann Archer'): Promise<Author> {
  const author = await Author.objects.create({ name })
  for (let number = 1; number <= count; number++) await makePost(author, `Post ${number}`)
  return author
}

type PostInput = Omit<Partial<Parameters<typeof Post.objects.create>[0]>, 'author' | 'authorId' | 'title'>

export function makePost(author: Author, title: string, more: PostInput = {}): Promise<Post> {
  const slug = title.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')
  return Post.objects.create({ title, slug, author, ...(more as object) })
}
