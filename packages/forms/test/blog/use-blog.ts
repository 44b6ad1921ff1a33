import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeDatabases, configureDatabases, database, registerModels } from '@nuages/orm'
import { afterEach, beforeEach } from 'vitest'
import { Author, Comment, Post, Profile, Tag } from './models.ts'

registerModels('blog', { Author, Comment, Post, Profile, Tag })

const key = 'id integer NOT NULL PRIMARY KEY AUTOINCREMENT'
const tables = `
  CREATE TABLE blog_author (${key}, name varchar(100) NOT NULL, retired bool NOT NULL);
  CREATE TABLE blog_tag (${key}, name varchar(20) NOT NULL UNIQUE);
  CREATE TABLE blog_profile (
    ${key}, bio text NOT NULL, author_id bigint NOT NULL UNIQUE REFERENCES blog_author (id) DEFERRABLE INITIALLY DEFERRED
  );
  CREATE TABLE blog_post (
    ${key}, title varchar(40) NOT NULL, slug varchar(50) NOT NULL UNIQUE, body text NOT NULL, status varchar(9) NOT NULL,
    subtitle varchar(40), pages integer unsigned CHECK (pages >= 0), views bigint NOT NULL, price decimal, featured bool NOT NULL,
    published_at datetime, day date, reading bigint, extra text CHECK (JSON_VALID(extra) OR extra IS NULL), created datetime NOT NULL,
    author_id bigint NOT NULL REFERENCES blog_author (id) DEFERRABLE INITIALLY DEFERRED,
    editor_id bigint REFERENCES blog_author (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (author_id, title)
  );
  CREATE TABLE blog_post_tags (
    ${key}, post_id bigint NOT NULL REFERENCES blog_post (id) DEFERRABLE INITIALLY DEFERRED,
    tag_id bigint NOT NULL REFERENCES blog_tag (id) DEFERRABLE INITIALLY DEFERRED, UNIQUE (post_id, tag_id)
  );
  CREATE TABLE blog_comment (
    ${key}, name varchar(20) NOT NULL, text text NOT NULL, rating integer unsigned NOT NULL CHECK (rating >= 0),
    post_id bigint NOT NULL REFERENCES blog_post (id) DEFERRABLE INITIALLY DEFERRED, UNIQUE (post_id, name)
  );
`

/** Gives every test of the file a new SQLite file with the blog's tables. */
export function useBlog(): void {
  let dir: string
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'nuages-forms-'))
    configureDatabases({ default: `sqlite:${join(dir, 'db.sqlite3')}` })
    await database().script(tables)
  })
  afterEach(async () => {
    await closeDatabases()
    rmSync(dir, { recursive: true, force: true })
  })
}

/** Two authors, three tags, and a post of Ada's with two of them. */
export async function fillBlog() {
  const ada = await Author.objects.create({ name: 'Ada' })
  const bob = await Author.objects.create({ name: 'Bob', retired: true })
  const sf = await Tag.objects.create({ name: 'sf' })
  const fun = await Tag.objects.create({ name: 'fun' })
  const poem = await Tag.objects.create({ name: 'poem' })
  const post = await Post.objects.create({ title: 'One', slug: 'one', body: 'First.', author: ada })
  await post.tags.set([sf, fun])
  return { ada, bob, sf, fun, poem, post }
}
