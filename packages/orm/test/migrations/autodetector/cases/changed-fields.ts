import {
  auto,
  char,
  compositePrimaryKey,
  date,
  dateTime,
  F,
  generated,
  integer,
  text,
  uuid,
} from '../../../../src/index.ts'
import { author, type Case, item, key, name, one, pairs, post, tag } from './case.ts'

/** What becomes of fields that come, go and change. */
export const changedFields: Readonly<Record<string, Case>> = {
  'a field that may be null': {
    before: post(),
    after: post({ summary: text({ null: true }) }),
    expected: ['blog.0002_post_summary: Add field summary to Post'],
  },
  'a field with a default': {
    before: post(),
    after: post({ pages: integer({ default: 1 }) }),
    expected: ['blog.0002_post_pages: Add field pages to Post'],
  },
  'a field with a default of the database': {
    before: post(),
    after: post({ pages: integer({ dbDefault: 1 }) }),
    expected: ['blog.0002_post_pages: Add field pages to Post'],
  },
  'text that may be blank needs nothing for the rows': {
    before: post(),
    after: post({ summary: text({ blank: true }) }),
    expected: ['blog.0002_post_summary: Add field summary to Post'],
  },
  'a field that needs a value': {
    before: post(),
    after: post({ pages: integer() }),
    answers: { defaults: { 'blog.Post.pages': 1 } },
    expected: ['blog.0002_post_pages: Add field pages to Post'],
  },
  'times that set themselves need nothing': {
    before: post(),
    after: post({ made: dateTime({ autoNowAdd: true }), changed: date({ autoNow: true }) }),
    expected: ['blog.0002_post_made_post_changed: Add field made to Post, Add field changed to Post'],
  },
  'a time that is given needs a value': {
    before: post(),
    after: post({ made: dateTime() }),
    answers: { defaults: { 'blog.Post.made': '2026-01-01T00:00:00Z' } },
    expected: ['blog.0002_post_made: Add field made to Post'],
  },
  'a many-to-many needs nothing': {
    before: { ...post(), ...tag },
    after: { ...post({ tags: pairs('blog.Tag') }), ...tag },
    expected: ['blog.0002_post_tags: Add field tags to Post'],
  },
  'a key needs a value': {
    before: { ...post(), ...author },
    after: { ...post({ author: key('blog.Author') }), ...author },
    answers: { defaults: { 'blog.Post.author': 1 } },
    expected: ['blog.0002_post_author: Add field author to Post'],
  },
  'a key to a new model': {
    before: post(),
    after: { ...post({ author: key('blog.Author', { null: true }) }), ...author },
    expected: ['blog.0002_author_post_author: Create model Author, Add field author to Post'],
  },
  'a key to a new model of another app': {
    before: post(),
    after: { ...post({ shop: key('shop.Shop', { null: true }) }), 'shop.Shop': [name] },
    expected: [
      'shop.0001_initial: Create model Shop',
      'blog.0002_post_shop ← shop.0001_initial: Add field shop to Post',
    ],
  },
  'a field goes': {
    before: post({ pages: integer() }),
    after: post(),
    expected: ['blog.0002_remove_post_pages: Remove field pages from Post'],
  },
  'a field with its index and its constraint goes': {
    before: post(
      { pages: integer() },
      {
        indexes: [{ name: 'post_pages', fields: ['pages'] }],
        constraints: [{ type: 'check', name: 'post_size', condition: { pages__gt: 0 } }],
      },
    ),
    after: post(),
    expected: [
      'blog.0002_remove_post_post_pages_remove_post_post_size_and_more: Remove index post_pages from Post, Remove constraint post_size from Post, Remove field pages from Post',
    ],
  },
  'a field comes with its index and its constraint': {
    before: post(),
    after: post(
      { pages: integer({ null: true }) },
      {
        indexes: [{ name: 'post_pages', fields: ['pages'] }],
        constraints: [{ type: 'check', name: 'post_size', condition: { pages__gt: 0 } }],
      },
    ),
    expected: [
      'blog.0002_post_pages_post_post_pages_post_post_size: Add field pages to Post, Create index post_pages on Post, Create constraint post_size on Post',
    ],
  },
  'a field is longer': {
    before: post(),
    after: post({ title: char({ maxLength: 300 }) }),
    expected: ['blog.0002_alter_post_title: Alter field title of Post'],
  },
  'a field is of another type': {
    before: post(),
    after: post({ title: text() }),
    expected: ['blog.0002_alter_post_title: Alter field title of Post'],
  },
  'a field may be null': {
    before: post({ pages: integer() }),
    after: post({ pages: integer({ null: true }) }),
    expected: ['blog.0002_alter_post_pages: Alter field pages of Post'],
  },
  'a field may no longer be null': {
    before: post({ pages: integer({ null: true }) }),
    after: post({ pages: integer() }),
    answers: { defaults: { 'blog.Post.pages': 0 } },
    expected: ['blog.0002_alter_post_pages: Alter field pages of Post'],
  },
  'a field with a default may no longer be null': {
    before: post({ pages: integer({ null: true }) }),
    after: post({ pages: integer({ default: 3 }) }),
    expected: ['blog.0002_alter_post_pages: Alter field pages of Post'],
  },
  'what only concerns forms is no change': {
    before: post({ pages: integer() }),
    after: post({ pages: integer({ verboseName: 'size', helpText: 'How many', blank: true, choices: [[1, 'one']] }) }),
    expected: [],
  },
  'what only concerns the other side is no change': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { ...author, ...post({ author: key('blog.Author', { limitChoicesTo: { name: 'x' } }) }) },
    expected: [],
  },
  'options of the model that no database knows': {
    before: post(),
    after: post({}, { ordering: ['title'], verboseName: 'note' }),
    expected: [],
  },
  'an index of one column': {
    before: post(),
    after: post({ title: char({ maxLength: 200, dbIndex: true }) }),
    expected: ['blog.0002_alter_post_title: Alter field title of Post'],
  },
  'a key points to another model': {
    before: {
      ...author,
      'blog.Person': [{ ...name, age: integer(), town: text() }],
      ...post({ author: key('blog.Author') }),
    },
    after: {
      ...author,
      'blog.Person': [{ ...name, age: integer(), town: text() }],
      ...post({ author: key('blog.Person') }),
    },
    expected: ['blog.0002_alter_post_author: Alter field author of Post'],
  },
  'a key points to a new model of another app, and the old one goes': {
    before: { 'blog.Author': [{ size: integer(), ...name }], ...post({ author: key('blog.Author') }) },
    after: { 'shop.Person': [{ age: integer(), town: text() }], ...post({ author: key('shop.Person') }) },
    expected: [
      'shop.0001_initial: Create model Person',
      'blog.0002_alter_post_author_delete_author ← shop.0001_initial: Alter field author of Post, Delete model Author',
    ],
  },
  'a key becomes a one-to-one': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { ...author, ...post({ author: one('blog.Author') }) },
    expected: ['blog.0002_alter_post_author: Alter field author of Post'],
  },
  'a key becomes a many-to-many': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { ...author, ...post({ author: pairs('blog.Author') }) },
    expected: ['blog.0002_remove_post_author_post_author: Remove field author from Post, Add field author to Post'],
  },
  'a many-to-many becomes a key': {
    before: { ...author, ...post({ author: pairs('blog.Author') }) },
    after: { ...author, ...post({ author: key('blog.Author', { null: true }) }) },
    expected: ['blog.0002_remove_post_author_post_author: Remove field author from Post, Add field author to Post'],
  },
  'a column becomes a key': {
    before: { ...author, ...post({ author: integer() }) },
    after: { ...author, ...post({ author: key('blog.Author') }) },
    expected: ['blog.0002_alter_post_author: Alter field author of Post'],
  },
  'a many-to-many leads to another model': {
    before: { ...author, ...tag, ...post({ tags: pairs('blog.Tag') }) },
    after: { ...author, ...tag, ...post({ tags: pairs('blog.Author') }) },
    expected: ['blog.0002_remove_post_tags_post_tags: Remove field tags from Post, Add field tags to Post'],
  },
  'a many-to-many has another table': {
    before: { ...tag, ...post({ tags: pairs('blog.Tag') }) },
    after: { ...tag, ...post({ tags: pairs('blog.Tag', { dbTable: 'post_tags' }) }) },
    expected: ['blog.0002_alter_post_tags: Alter field tags of Post'],
  },
  'the key that nobody declared becomes another': {
    before: post(),
    after: post({ id: auto({ primaryKey: true }) }),
    expected: ['blog.0002_alter_post_id: Alter field id of Post'],
  },
  'a key of another kind': {
    before: post(),
    after: post({ code: uuid({ primaryKey: true }) }),
    expected: ['blog.0002_remove_post_id_post_code: Remove field id from Post, Add field code to Post'],
  },
  'a field becomes the key': {
    before: post({ code: char({ maxLength: 9 }) }),
    after: post({ code: char({ maxLength: 9, primaryKey: true }) }),
    expected: ['blog.0002_remove_post_id_alter_post_code: Remove field id from Post, Alter field code of Post'],
  },
  'a computed field comes with the field that it is computed of': {
    before: post(),
    after: post({
      twice: generated({ expression: F('pages').multiply(2), outputField: integer(), dbPersist: true }),
      pages: integer({ default: 1 }),
    }),
    expected: ['blog.0002_post_pages_post_twice: Add field pages to Post, Add field twice to Post'],
  },
  'a computed field goes with the field that it is computed of': {
    before: post({
      twice: generated({ expression: F('pages').multiply(2), outputField: integer(), dbPersist: true }),
      pages: integer({ default: 1 }),
    }),
    after: post(),
    expected: [
      'blog.0002_remove_post_twice_remove_post_pages: Remove field twice from Post, Remove field pages from Post',
    ],
  },
  'a computed field is computed in another way': {
    before: post({
      pages: integer(),
      more: generated({ expression: F('pages').multiply(2), outputField: integer(), dbPersist: true }),
    }),
    after: post({
      pages: integer(),
      more: generated({ expression: F('pages').multiply(3), outputField: integer(), dbPersist: true }),
    }),
    expected: ['blog.0002_remove_post_more_post_more: Remove field more from Post, Add field more to Post'],
  },
  'a column becomes a computed one': {
    before: post({ pages: integer(), more: integer() }),
    after: post({
      pages: integer(),
      more: generated({ expression: F('pages').multiply(3), outputField: integer(), dbPersist: true }),
    }),
    expected: ['blog.0002_remove_post_more_post_more: Remove field more from Post, Add field more to Post'],
  },
  'a key of several fields gets one more, which is new': {
    before: { 'blog.Line': [{ pk: compositePrimaryKey('page', 'number'), page: integer(), number: integer() }] },
    after: {
      'blog.Line': [
        {
          pk: compositePrimaryKey('page', 'number', 'version'),
          page: integer(),
          number: integer(),
          version: integer({ default: 1 }),
        },
      ],
    },
    expected: ['blog.0002_line_version_alter_line_pk: Add field version to Line, Alter field pk of Line'],
  },
  'two fields of two apps need no common order': {
    before: { ...post(), ...item(name) },
    after: { ...post({ pages: integer({ null: true }) }), ...item({ ...name, price: integer({ null: true }) }) },
    expected: ['blog.0002_post_pages: Add field pages to Post', 'shop.0002_item_price: Add field price to Item'],
  },
}
