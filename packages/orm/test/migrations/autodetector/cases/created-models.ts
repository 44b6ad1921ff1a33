import { compositePrimaryKey, F, generated, integer, Q } from '../../../../src/index.ts'
import { author, type Case, item, key, name, one, pairs, post, tag } from './case.ts'

/** What is made of models that come. */
export const createdModels: Readonly<Record<string, Case>> = {
  'nothing has changed': { before: post(), after: post(), expected: [] },
  'the first model of an app': { before: {}, after: post(), expected: ['blog.0001_initial: Create model Post'] },
  'a model more': {
    before: post(),
    after: { ...post(), ...author },
    expected: ['blog.0002_author: Create model Author'],
  },
  'models are made after those they point to': {
    before: {},
    after: { ...post({ author: key('blog.Author'), tags: pairs('blog.Tag') }), ...author, ...tag },
    expected: ['blog.0001_initial: Create model Author, Create model Tag, Create model Post'],
  },
  'a chain over three apps': {
    before: {},
    after: { ...post({ shop: key('shop.Shop') }), 'shop.Shop': [{ town: key('world.Town') }], 'world.Town': [name] },
    expected: [
      'world.0001_initial: Create model Town',
      'shop.0001_initial ← world.0001_initial: Create model Shop',
      'blog.0001_initial ← shop.0001_initial: Create model Post',
    ],
  },
  'a model points to one of an app that has migrations': {
    before: author,
    after: { ...author, ...item({ by: key('blog.Author') }) },
    expected: ['shop.0001_initial ← blog.0001_initial: Create model Item'],
  },
  'two models of one app in a circle': {
    before: {},
    after: { 'blog.Author': [{ best: key('blog.Post', { null: true }) }], ...post({ author: key('blog.Author') }) },
    expected: ['blog.0001_initial: Create model Author, Create model Post, Add field best to Author'],
  },
  'two models of two apps in a circle': {
    before: {},
    after: {
      'blog.Author': [{ ...name, favourite: key('shop.Item', { null: true }) }],
      ...item({ by: key('blog.Author') }),
    },
    expected: [
      'blog.0001_initial: Create model Author',
      'shop.0001_initial ← blog.0001_initial: Create model Item',
      'blog.0002_initial ← shop.0001_initial: Add field favourite to Author',
    ],
  },
  'two apps that need each other without a circle of models': {
    before: {},
    after: {
      'blog.Author': [name],
      'shop.Item': [{ by: key('blog.Author') }],
      'blog.Post': [{ about: key('shop.Item') }],
      'shop.Review': [{ post: key('blog.Post') }],
    },
    expected: [
      'blog.0001_initial: Create model Author',
      'shop.0001_initial ← blog.0001_initial: Create model Item',
      'blog.0002_initial ← shop.0001_initial: Create model Post',
      'shop.0002_initial ← blog.0002_initial: Create model Review',
    ],
  },
  'a circle over three apps': {
    before: {},
    after: {
      'one.A': [{ b: key('two.B', { null: true }) }],
      'two.B': [{ c: key('three.C', { null: true }) }],
      'three.C': [{ a: key('one.A', { null: true }) }],
    },
    expected: [
      'one.0001_initial: Create model A',
      'three.0001_initial ← one.0001_initial: Create model C',
      'two.0001_initial ← three.0001_initial: Create model B',
      'one.0002_initial ← two.0001_initial: Add field b to A',
    ],
  },
  'a model that points to itself': {
    before: {},
    after: { 'blog.Page': [{ parent: key('self', { null: true }) }] },
    expected: ['blog.0001_initial: Create model Page'],
  },
  'many-to-many to itself': {
    before: {},
    after: { 'blog.Page': [{ near: pairs('self') }] },
    expected: ['blog.0001_initial: Create model Page'],
  },
  'two models that are many-to-many to each other': {
    before: {},
    after: { 'blog.A': [{ bs: pairs('blog.B') }], 'blog.B': [{ as: pairs('blog.A') }] },
    expected: ['blog.0001_initial: Create model A, Create model B, Add field bs to A'],
  },
  'many-to-many through a model': {
    before: {},
    after: {
      ...post({ tags: pairs('blog.Tag', { through: 'blog.Tagging' }) }),
      ...tag,
      'blog.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    expected: ['blog.0001_initial: Create model Tag, Create model Post, Create model Tagging, Add field tags to Post'],
  },
  'many-to-many through a model of another app': {
    before: {},
    after: {
      ...post({ tags: pairs('blog.Tag', { through: 'links.Tagging' }) }),
      ...tag,
      'links.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    expected: [
      'blog.0001_initial: Create model Tag, Create model Post',
      'links.0001_initial ← blog.0001_initial: Create model Tagging',
      'blog.0002_initial ← links.0001_initial: Add field tags to Post',
    ],
  },
  'many-to-many through a model of another app, added later': {
    before: { ...post(), ...tag },
    after: {
      ...post({ tags: pairs('blog.Tag', { through: 'links.Tagging' }) }),
      ...tag,
      'links.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    expected: [
      'links.0001_initial ← blog.0001_initial: Create model Tagging',
      'blog.0002_post_tags ← links.0001_initial: Add field tags to Post',
    ],
  },
  'a key that is a key to a model of a circle': {
    before: {},
    after: {
      'blog.Profile': [{ author: one('blog.Author', { primaryKey: true }) }],
      'blog.Author': [{ ...name, profile: key('blog.Profile', { null: true }) }],
    },
    expected: ['blog.0001_initial: Create model Author, Create model Profile, Add field profile to Author'],
  },
  'indexes, constraints and computed fields of a circle come when their fields are there': {
    before: {},
    after: {
      'blog.Author': [
        {
          size: integer(),
          best: key('blog.Post', { null: true }),
          twice: generated({ expression: F('best').add(1), outputField: integer({ null: true }), dbPersist: true }),
        },
        {
          indexes: [
            { name: 'author_best', fields: ['best', 'size'] },
            { name: 'author_size', fields: ['size'] },
          ],
          constraints: [{ type: 'check', name: 'author_one', condition: Q({ bestId__gt: 0 }) }],
        },
      ],
      ...post({ author: key('blog.Author'), pages: integer() }),
    },
    expected: [
      'blog.0001_initial: Create model Author, Create model Post, Add field best to Author, Add field twice to Author, Create index author_best on Author, Create constraint author_one on Author',
    ],
  },
  'the options of a model': {
    before: {},
    after: post(
      {},
      { table: 'posts', tableComment: 'What was written', managed: false, requiredDbVendor: 'postgresql' },
    ),
    expected: ['blog.0001_initial: Create model Post'],
  },
  'a proxy with its model': {
    before: {},
    after: { ...post(), 'blog.Note': 'blog.Post' },
    expected: ['blog.0001_initial: Create model Post, Create proxy model Note'],
  },
  'a proxy of a model of another app': {
    before: post(),
    after: { ...post(), 'shop.Note': 'blog.Post' },
    expected: ['shop.0001_initial ← blog.0001_initial: Create proxy model Note'],
  },
  'a proxy of a proxy': {
    before: post(),
    after: { ...post(), 'blog.Note': 'blog.Post', 'blog.Short': 'blog.Note' },
    expected: ['blog.0002_note_short: Create proxy model Note, Create proxy model Short'],
  },
  'a key to a proxy': {
    before: {},
    after: { ...item({ note: key('blog.Note') }), ...post(), 'blog.Note': 'blog.Post' },
    expected: [
      'blog.0001_initial: Create model Post, Create proxy model Note',
      'shop.0001_initial ← blog.0001_initial: Create model Item',
    ],
  },
  'a model with a key of several fields': {
    before: {},
    after: {
      ...author,
      'blog.Line': [{ pk: compositePrimaryKey('author', 'number'), author: key('blog.Author'), number: integer() }],
    },
    expected: ['blog.0001_initial: Create model Author, Create model Line'],
  },
}
