import { author, type Case, item, key, name, pairs, post, tag, title } from './case.ts'

/** What becomes of models that go, and of proxies that become another thing. */
export const deletedModels: Readonly<Record<string, Case>> = {
  'a model less': {
    before: { ...post(), ...author },
    after: post(),
    expected: ['blog.0002_delete_author: Delete model Author'],
  },
  'all models of an app': { before: post(), after: {}, expected: ['blog.0002_delete_post: Delete model Post'] },
  'a model and what points to it': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: {},
    expected: ['blog.0002_delete_post_delete_author: Delete model Post, Delete model Author'],
  },
  'a model, and the key to it that another keeps no longer': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: post(),
    expected: ['blog.0002_remove_post_author_delete_author: Remove field author from Post, Delete model Author'],
  },
  'a model of another app than what points to it': {
    before: { ...author, ...item({ by: key('blog.Author'), ...name }) },
    after: item(name),
    expected: [
      'shop.0002_remove_item_by: Remove field by from Item',
      'blog.0002_delete_author ← shop.0002_remove_item_by: Delete model Author',
    ],
  },
  'models in a circle go': {
    before: {
      'blog.Author': [{ ...name, best: key('blog.Post', { null: true }) }],
      ...post({ author: key('blog.Author') }),
    },
    after: {},
    expected: [
      'blog.0002_remove_author_best_delete_post_delete_author: Remove field best from Author, Delete model Post, Delete model Author',
    ],
  },
  'models in a circle over two apps go': {
    before: {
      'blog.Author': [{ ...name, item: key('shop.Item', { null: true }) }],
      ...item({ by: key('blog.Author') }),
    },
    after: {},
    expected: [
      'blog.0002_remove_author_item: Remove field item from Author',
      'shop.0002_delete_item ← blog.0002_remove_author_item: Delete model Item',
      'blog.0003_delete_author ← shop.0002_delete_item: Delete model Author',
    ],
  },
  'a model with a many-to-many and its target': {
    before: { ...post({ tags: pairs('blog.Tag') }), ...tag },
    after: {},
    expected: ['blog.0002_delete_post_delete_tag: Delete model Post, Delete model Tag'],
  },
  'a many-to-many through a model, all of it': {
    before: {
      ...post({ tags: pairs('blog.Tag', { through: 'blog.Tagging' }) }),
      ...tag,
      'blog.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    after: {},
    expected: [
      'blog.0002_remove_post_tags_delete_tagging_delete_post_and_more: Remove field tags from Post, Delete model Tagging, Delete model Post, Delete model Tag',
    ],
  },
  'a many-to-many and the model that it goes through': {
    before: {
      ...post({ tags: pairs('blog.Tag', { through: 'blog.Tagging' }) }),
      ...tag,
      'blog.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    after: { ...post(), ...tag },
    expected: ['blog.0002_remove_post_tags_delete_tagging: Remove field tags from Post, Delete model Tagging'],
  },
  'a model that points to itself goes': {
    before: { 'blog.Page': [{ parent: key('self', { null: true }) }] },
    after: {},
    expected: ['blog.0002_delete_page: Delete model Page'],
  },
  'a proxy goes': {
    before: { ...post(), 'blog.Note': 'blog.Post' },
    after: post(),
    expected: ['blog.0002_delete_note: Delete model Note'],
  },
  'a proxy goes with its model': {
    before: { ...post(), 'blog.Note': 'blog.Post' },
    after: {},
    expected: ['blog.0002_delete_note_delete_post: Delete model Note, Delete model Post'],
  },
  'a proxy of another app goes with its model': {
    before: { ...post(), 'shop.Note': 'blog.Post' },
    after: {},
    expected: [
      'shop.0002_delete_note: Delete model Note',
      'blog.0002_delete_post ← shop.0002_delete_note: Delete model Post',
    ],
  },
  'a key to a proxy turns to its model, and the proxy goes': {
    before: { ...post(), 'blog.Note': 'blog.Post', ...item({ note: key('blog.Note') }) },
    after: { ...post(), ...item({ note: key('blog.Post') }) },
    expected: [
      'shop.0002_alter_item_note ← blog.0001_initial: Alter field note of Item',
      'blog.0002_delete_note ← shop.0002_alter_item_note: Delete model Note',
    ],
  },
  'a proxy becomes a model of its own': {
    before: { ...post(), 'blog.Note': 'blog.Post' },
    after: { ...post(), 'blog.Note': [title] },
    expected: ['blog.0002_delete_note_note: Delete model Note, Create model Note'],
  },
  'a proxy becomes one of another model': {
    before: { ...post(), ...author, 'blog.Note': 'blog.Post' },
    after: { ...post(), ...author, 'blog.Note': 'blog.Author' },
    expected: ['blog.0002_delete_note_note: Delete model Note, Create proxy model Note'],
  },
}
