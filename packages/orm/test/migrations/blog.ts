import { boolean, char, dateTime, json, positiveInteger, slug, text } from '../../src/fields/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany } from '../../src/relations/index.ts'
import type { Models } from './project.ts'

/** An app with a bit of everything. */
export function blog(): Models {
  class Author extends Model({ name: char({ maxLength: 100 }), slug: slug({ unique: true }) }) {}
  class Tag extends Model({ name: char({ maxLength: 20 }) }) {}
  class Post extends Model(
    {
      title: char({ maxLength: 200 }),
      body: text(),
      isDraft: boolean({ default: true }),
      publishedAt: dateTime({ null: true, dbIndex: true }),
      views: positiveInteger({ default: 0 }),
      extra: json({ default: {} }),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
      get tags() {
        return manyToMany(Tag)
      },
    },
    {
      indexes: [{ fields: ['author', '-publishedAt'] }],
      constraints: [{ type: 'unique', fields: ['author', 'title'], name: 'one_title_each' }],
    },
  ) {}
  return { blog: { Post, Author, Tag } }
}
