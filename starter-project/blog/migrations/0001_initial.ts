import { bigAuto, boolean, CASCADE, char, dateTime, foreignKey, manyToMany, slug, text } from 'nuages/orm'
import { createModel, defineMigration } from 'nuages/orm/migrations'

export default defineMigration({
  operations: [
    createModel('Author', {
      id: bigAuto(),
      name: char({ maxLength: 100 }),
      slug: slug({ unique: true }),
      role: char({ maxLength: 100 }),
      bio: text(),
    }),
    createModel('Tag', {
      id: bigAuto(),
      name: char({ maxLength: 50 }),
      slug: slug({ unique: true }),
      description: char({ maxLength: 200 }),
    }),
    createModel('Post', {
      id: bigAuto(),
      title: char({ maxLength: 200 }),
      slug: slug({ maxLength: 80, unique: true }),
      summary: char({ maxLength: 300 }),
      body: text(),
      cloud: char({ default: 'cumulus', maxLength: 20 }),
      isDraft: boolean({ default: true }),
      publishedAt: dateTime({ dbIndex: true, null: true }),
      created: dateTime({ autoNowAdd: true }),
      updated: dateTime({ autoNow: true }),
      author: foreignKey('blog.Author', { onDelete: CASCADE }),
      tags: manyToMany('blog.Tag'),
    }),
  ],
})
