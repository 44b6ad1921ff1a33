import { bigInteger, char, compositePrimaryKey, F, generated, integer, text } from '../../../../src/index.ts'
import { author, type Case, item, key, name, pairs, post, tag } from './case.ts'

/** What becomes of fields that have another name. */
export const renamedFields: Readonly<Record<string, Case>> = {
  'a field is renamed': {
    before: post(),
    after: { 'blog.Post': [{ headline: char({ maxLength: 200 }) }] },
    answers: { renames: { 'blog.Post.title': 'headline' } },
    expected: ['blog.0002_rename_title_post_headline: Rename field title of Post to headline'],
  },
  'a field is renamed and changed': {
    before: post(),
    after: { 'blog.Post': [{ headline: text({ null: true }) }] },
    answers: { renames: { 'blog.Post.title': 'headline' } },
    expected: [
      'blog.0002_rename_title_post_headline_alter_post_headline: Rename field title of Post to headline, Alter field headline of Post',
    ],
  },
  'a field is renamed and is of quite another type': {
    before: post({ pages: integer() }),
    after: post({ size: text() }),
    answers: { renames: { 'blog.Post.pages': 'size' } },
    expected: [
      'blog.0002_rename_pages_post_size_alter_post_size: Rename field pages of Post to size, Alter field size of Post',
    ],
  },
  'a field is renamed and may no longer be null': {
    before: post({ pages: integer({ null: true }) }),
    after: post({ size: integer() }),
    answers: { renames: { 'blog.Post.pages': 'size' }, defaults: { 'blog.Post.size': 0 } },
    expected: [
      'blog.0002_rename_pages_post_size_alter_post_size: Rename field pages of Post to size, Alter field size of Post',
    ],
  },
  'a field went and one like it is new': {
    before: post({ pages: integer() }),
    after: post({ size: integer({ null: true }) }),
    answers: { renames: { 'blog.Post.pages': null } },
    expected: ['blog.0002_remove_post_pages_post_size: Remove field pages from Post, Add field size to Post'],
  },
  'a field is renamed and keeps its column': {
    before: post(),
    after: { 'blog.Post': [{ headline: char({ maxLength: 200, dbColumn: 'title' }) }] },
    answers: { renames: { 'blog.Post.title': 'headline' } },
    expected: [
      'blog.0002_alter_post_title_rename_title_post_headline: Alter field title of Post, Rename field title of Post to headline',
    ],
  },
  'a field is renamed, changed, and keeps its column': {
    before: post({ pages: integer() }),
    after: post({ size: bigInteger({ null: true, dbColumn: 'pages' }) }),
    answers: { renames: { 'blog.Post.pages': 'size' } },
    expected: [
      'blog.0002_alter_post_pages_rename_pages_post_size_and_more: Alter field pages of Post, Rename field pages of Post to size, Alter field size of Post',
    ],
  },
  'a field with a column of its own gets the name of its column': {
    before: post({ size: integer({ dbColumn: 'pages' }) }),
    after: post({ pages: integer() }),
    answers: { renames: { 'blog.Post.size': 'pages' } },
    expected: [
      'blog.0002_rename_size_post_pages_alter_post_pages: Rename field size of Post to pages, Alter field pages of Post',
    ],
  },
  'a field is renamed and gets a column of its own': {
    before: post({ pages: integer() }),
    after: post({ size: integer({ dbColumn: 'number' }) }),
    answers: { renames: { 'blog.Post.pages': 'size' } },
    expected: [
      'blog.0002_rename_pages_post_size_alter_post_size: Rename field pages of Post to size, Alter field size of Post',
    ],
  },
  'only the letters of a name change': {
    before: post({ pageCount: integer() }),
    after: post({ pagecount: integer() }),
    answers: { renames: { 'blog.Post.pageCount': 'pagecount' } },
    expected: ['blog.0002_rename_page_count_post_pagecount: Rename field pageCount of Post to pagecount'],
  },
  'only the case of a name changes, which its column has not': {
    before: post({ Pages: integer() }),
    after: post({ pages: integer() }),
    answers: { renames: { 'blog.Post.Pages': 'pages' } },
    expected: ['blog.0002_rename_pages_post_pages: Rename field Pages of Post to pages'],
  },
  'two fields swap their names by a third': {
    before: post({ a: integer(), b: text() }),
    after: post({ b: integer(), c: text() }),
    answers: { renames: { 'blog.Post.a': null }, defaults: { 'blog.Post.c': '' } },
    expected: [
      'blog.0002_remove_post_a_alter_post_b_post_c: Remove field a from Post, Alter field b of Post, Add field c to Post',
    ],
  },
  'a key is renamed': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { ...author, ...post({ writer: key('blog.Author') }) },
    answers: { renames: { 'blog.Post.author': 'writer' } },
    expected: ['blog.0002_rename_author_post_writer: Rename field author of Post to writer'],
  },
  'a key is renamed and keeps its column': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { ...author, ...post({ writer: key('blog.Author', { dbColumn: 'author_id' }) }) },
    answers: { renames: { 'blog.Post.author': 'writer' } },
    expected: [
      'blog.0002_alter_post_author_rename_author_post_writer: Alter field author of Post, Rename field author of Post to writer',
    ],
  },
  'a many-to-many is renamed': {
    before: { ...tag, ...post({ tags: pairs('blog.Tag') }) },
    after: { ...tag, ...post({ labels: pairs('blog.Tag') }) },
    answers: { renames: { 'blog.Post.tags': 'labels' } },
    expected: ['blog.0002_rename_tags_post_labels: Rename field tags of Post to labels'],
  },
  'a many-to-many is renamed and keeps its table': {
    before: { ...tag, ...post({ tags: pairs('blog.Tag') }) },
    after: { ...tag, ...post({ labels: pairs('blog.Tag', { dbTable: 'blog_post_tags' }) }) },
    answers: { renames: { 'blog.Post.tags': 'labels' } },
    expected: [
      'blog.0002_alter_post_tags_rename_tags_post_labels: Alter field tags of Post, Rename field tags of Post to labels',
    ],
  },
  'a field that an index, a constraint and a computed field speak of is renamed': {
    before: post(
      {
        pages: integer(),
        twice: generated({ expression: F('pages').multiply(2), outputField: integer(), dbPersist: true }),
      },
      {
        indexes: [{ name: 'post_pages', fields: ['-pages'] }],
        constraints: [{ type: 'check', name: 'post_size', condition: { pages__gt: 0 } }],
      },
    ),
    after: post(
      {
        size: integer(),
        twice: generated({ expression: F('size').multiply(2), outputField: integer(), dbPersist: true }),
      },
      {
        indexes: [{ name: 'post_pages', fields: ['-size'] }],
        constraints: [{ type: 'check', name: 'post_size', condition: { size__gt: 0 } }],
      },
    ),
    answers: { renames: { 'blog.Post.pages': 'size' } },
    expected: ['blog.0002_rename_pages_post_size: Rename field pages of Post to size'],
  },
  'a field of an index without a name is renamed': {
    before: post({ pages: integer() }, { indexes: [{ fields: ['pages'] }] }),
    after: post({ size: integer() }, { indexes: [{ fields: ['size'] }] }),
    answers: { renames: { 'blog.Post.pages': 'size' } },
    expected: [
      'blog.0002_rename_pages_post_size_and_more: Rename field pages of Post to size, Rename index blog_post_pages_88d56d_idx of Post to blog_post_size_f3806b_idx',
    ],
  },
  'a part of a key of several fields is renamed': {
    before: { 'blog.Line': [{ pk: compositePrimaryKey('page', 'number'), page: integer(), number: integer() }] },
    after: { 'blog.Line': [{ pk: compositePrimaryKey('page', 'position'), page: integer(), position: integer() }] },
    answers: { renames: { 'blog.Line.number': 'position' } },
    expected: ['blog.0002_rename_number_line_position: Rename field number of Line to position'],
  },
  'a rename in one app is not waited for in another': {
    before: { ...post(), ...item(name) },
    after: {
      'blog.Post': [{ headline: char({ maxLength: 200 }) }],
      ...item({ ...name, price: integer({ null: true }) }),
    },
    answers: { renames: { 'blog.Post.title': 'headline' } },
    expected: [
      'blog.0002_rename_title_post_headline: Rename field title of Post to headline',
      'shop.0002_item_price: Add field price to Item',
    ],
  },
}
