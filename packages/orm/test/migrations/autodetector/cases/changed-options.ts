import { decimal, foreignKey, Lower, Q, SET_NULL, slug } from '../../../../src/index.ts'
import { author, type Case, key, pairs, post, tag, titleIndex, titleUnique } from './case.ts'

/** What becomes of indexes, constraints and the rest of what a model says beside its fields. */
export const changedOptions: Readonly<Record<string, Case>> = {
  'an index comes': {
    before: post(),
    after: post({}, titleIndex('post_title')),
    expected: ['blog.0002_post_post_title: Create index post_title on Post'],
  },
  'an index goes': {
    before: post({}, titleIndex('post_title')),
    after: post(),
    expected: ['blog.0002_remove_post_post_title: Remove index post_title from Post'],
  },
  'an index is renamed': {
    before: post({}, titleIndex('old')),
    after: post({}, titleIndex('new')),
    expected: ['blog.0002_rename_old_new: Rename index old of Post to new'],
  },
  'an index changes under its name': {
    before: post({}, titleIndex('post_title')),
    after: post({}, { indexes: [{ name: 'post_title', fields: ['-title'] }] }),
    expected: [
      'blog.0002_remove_post_post_title_post_post_title: Remove index post_title from Post, Create index post_title on Post',
    ],
  },
  'indexes swap their names': {
    before: post(
      {},
      {
        indexes: [
          { name: 'a', fields: ['title'] },
          { name: 'b', fields: ['-title'] },
        ],
      },
    ),
    after: post(
      {},
      {
        indexes: [
          { name: 'b', fields: ['title'] },
          { name: 'a', fields: ['-title'] },
        ],
      },
    ),
    expected: [
      'blog.0002_remove_post_a_remove_post_b_post_b_post_a: Remove index a from Post, Remove index b from Post, Create index b on Post, Create index a on Post',
    ],
  },
  'indexes in another order': {
    before: post(
      {},
      {
        indexes: [
          { name: 'a', fields: ['title'] },
          { name: 'b', fields: ['-title'] },
        ],
      },
    ),
    after: post(
      {},
      {
        indexes: [
          { name: 'b', fields: ['-title'] },
          { name: 'a', fields: ['title'] },
        ],
      },
    ),
    expected: [],
  },
  'an index of an expression is renamed': {
    before: post(
      {},
      { indexes: [{ name: 'old', expressions: [Lower('title').desc()], condition: Q({ title__gt: 'a' }) }] },
    ),
    after: post(
      {},
      { indexes: [{ name: 'new', expressions: [Lower('title').desc()], condition: Q({ title__gt: 'a' }) }] },
    ),
    expected: ['blog.0002_rename_old_new: Rename index old of Post to new'],
  },
  'a constraint comes': {
    before: post(),
    after: post({}, titleUnique('one_title')),
    expected: ['blog.0002_post_one_title: Create constraint one_title on Post'],
  },
  'a constraint goes': {
    before: post({}, titleUnique('one_title')),
    after: post(),
    expected: ['blog.0002_remove_post_one_title: Remove constraint one_title from Post'],
  },
  'a constraint is renamed': {
    before: post({}, titleUnique('old')),
    after: post({}, titleUnique('new')),
    expected: ['blog.0002_rename_old_new: Rename constraint old of Post to new'],
  },
  'what a constraint says to people is no change': {
    before: post({}, titleUnique('one_title')),
    after: post(
      {},
      { constraints: [{ type: 'unique', name: 'one_title', fields: ['title'], violationErrorMessage: 'Taken.' }] },
    ),
    expected: [],
  },
  'a table is renamed': {
    before: post(),
    after: post({}, { table: 'posts' }),
    expected: ['blog.0002_alter_post_table: Rename the table of Post to posts'],
  },
  'a table gets its own name again': {
    before: post({}, { table: 'posts' }),
    after: post(),
    expected: ['blog.0002_alter_post_table: Rename the table of Post to its default'],
  },
  'a table with a many-to-many is renamed': {
    before: { ...tag, ...post({ tags: pairs('blog.Tag') }) },
    after: { ...tag, ...post({ tags: pairs('blog.Tag') }, { table: 'posts' }) },
    expected: ['blog.0002_alter_post_table: Rename the table of Post to posts'],
  },
  'a comment comes': {
    before: post(),
    after: post({}, { tableComment: 'What was written' }),
    expected: ['blog.0002_alter_post_table_comment: Alter the comment of the table of Post'],
  },
  'a model is handed over': {
    before: post({}, { managed: false }),
    after: post({}),
    expected: ['blog.0002_alter_post_managed: Let migrations manage Post'],
  },
  'a model is of one database only': {
    before: post(),
    after: post({}, { requiredDbVendor: 'postgresql' }),
    expected: ['blog.0002_alter_post_vendor: Let Post be for postgresql'],
  },
  'an unmanaged model keeps its state': {
    before: post({}, { managed: false }),
    after: post({ slug: slug({ null: true }) }, { managed: false }),
    expected: ['blog.0002_post_slug: Add field slug to Post'],
  },
  'a price with other digits, a relation with another onDelete': {
    before: {
      ...author,
      ...post({ price: decimal({ maxDigits: 5, decimalPlaces: 2 }), author: key('blog.Author', { null: true }) }),
    },
    after: {
      ...author,
      ...post({
        price: decimal({ maxDigits: 9, decimalPlaces: 2 }),
        author: foreignKey('blog.Author', { null: true, onDelete: SET_NULL }),
      }),
    },
    expected: ['blog.0002_alter_post_price_alter_post_author: Alter field price of Post, Alter field author of Post'],
  },
}
