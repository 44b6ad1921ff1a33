import { expect, test } from 'vitest'
import { CASCADE, char, foreignKey, integer, manyToMany, text } from '../../../src/index.ts'
import { detectChanges } from '../../../src/migrations/autodetector/detect-changes.ts'
import { type Answers, answering, type RenameQuestion } from '../../../src/migrations/index.ts'
import { type Declared, detected, stateOf } from './detected.ts'

const post = (fields: object): Declared => ({ 'blog.Post': [fields] })
const title = { title: char({ maxLength: 200 }) }
const key = (to: string, options: object = {}) => foreignKey(to, { onDelete: CASCADE, ...options })

/** Two states between which something must be asked or refused, what was said beforehand, and the message. */
const refused: Readonly<Record<string, [before: Declared, after: Declared, answers: Answers, message: string]>> = {
  'a new column without a value': [
    post(title),
    post({ ...title, pages: integer() }),
    {},
    "blog.Post.pages is new, may not be null and has no default. What should existing rows get? Pass a one-off value for 'blog.Post.pages' (--default blog.Post.pages=…), give the field a default, or let it be null.",
  ],
  'a column that may no longer be null': [
    post({ pages: integer({ null: true }) }),
    post({ pages: integer() }),
    {},
    "blog.Post.pages may no longer be null. What should existing rows get? Pass a one-off value for 'blog.Post.pages' (--default blog.Post.pages=…), give the field a default, or let it be null.",
  ],
  'a one-off value that the column cannot hold': [
    post({ pages: integer({ null: true }) }),
    post({ pages: integer() }),
    { defaults: { 'blog.Post.pages': 2_147_483_648 } },
    "The default for 'blog.Post.pages' is none: integer() holds -2147483648 to 2147483647, not 2147483648.",
  ],
  'one field that is like the one that went': [
    post(title),
    post({ headline: text() }),
    {},
    "Was the field blog.Post.title renamed to 'headline'? Pass the rename (--rename blog.Post.title=headline), or that it was removed and the other is new (--rename blog.Post.title=).",
  ],
  'several fields that are like the one that went': [
    post({ pages: integer() }),
    post({ size: integer({ null: true }), count: integer() }),
    {},
    'Was the field blog.Post.pages renamed to one of count, size? Pass the rename (--rename blog.Post.pages=count, or --rename blog.Post.pages=size), or that it was removed and the others are new (--rename blog.Post.pages=).',
  ],
  'one model that is like the one that went': [
    post({ ...title, pages: integer(), body: text() }),
    { 'blog.Article': [{ ...title, pages: integer({ null: true }) }] },
    {},
    "Was the model blog.Post renamed to 'Article'? Pass the rename (--rename blog.Post=Article), or that it was removed and the other is new (--rename blog.Post=).",
  ],
  'a model that seems to have moved': [
    { ...post(title), 'shop.Item': [{}] },
    { 'shop.Post': [title], 'shop.Item': [{}] },
    {},
    "Was the model blog.Post renamed to 'shop.Post'? Pass the rename (--rename blog.Post=shop.Post), or that it was removed and the other is new (--rename blog.Post=).",
  ],
  'a model that is said to have moved': [
    { ...post(title), 'shop.Item': [{}] },
    { 'shop.Post': [title], 'shop.Item': [{}] },
    { renames: { 'blog.Post': 'shop.Post' } },
    'blog.Post seems to have moved to shop.Post. No single operation takes a table to another app and keeps its rows and what points to it: write the migrations by hand, as "Moving a model to another app" in the docs on migrations shows. Where the rows may go, say that it was removed: --rename blog.Post=.',
  ],
  'a many-to-many that gets a model': [
    { ...post({ tags: manyToMany('blog.Tag') }), 'blog.Tag': [{}] },
    {
      ...post({ tags: manyToMany('blog.Tag', { through: 'blog.Tagging' }) }),
      'blog.Tag': [{}],
      'blog.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    {},
    'blog.Post.tags has its pairs in a table of its own and is to have them in blog.Tagging: no operation takes them along. Write the migration by hand, as "Giving a many-to-many a model of its own" in the docs on migrations shows; or, where the pairs may go, take the field out in one migration and put it in again in the next.',
  ],
  'a proxy that becomes a model while something points to it': [
    { ...post(title), 'blog.Note': 'blog.Post', 'shop.Item': [{ note: key('blog.Note') }] },
    { ...post(title), 'blog.Note': [title], 'shop.Item': [{ note: key('blog.Note') }] },
    {},
    'blog.Note was a proxy of blog.Post and is a model with a table now, while shop.Item needs it. Take the model out with what needs it in one migration, and put them in again in the next; or give the new one another name.',
  ],
  'a rename of a model that is not known': [
    post(title),
    post(title),
    { renames: { 'blog.Pst': 'Article' } },
    "The rename blog.Pst=Article fits nothing: the migrations know no model blog.Pst. Did you mean 'blog.Post'?",
  ],
  'a rename of a model that is still there': [
    post(title),
    { ...post(title), 'blog.Article': [title] },
    { renames: { 'blog.Post': 'Article' } },
    'The rename blog.Post=Article fits nothing: there still is a model blog.Post.',
  ],
  'a rename to a model that is not there': [
    post(title),
    { 'blog.Article': [title] },
    { renames: { 'blog.Post': 'Artikle' } },
    "The rename blog.Post=Artikle fits nothing: there is no model blog.Artikle. Did you mean 'blog.Article'?",
  ],
  'a rename to a model that was there': [
    { ...post(title), 'blog.Article': [title] },
    { 'blog.Article': [title] },
    { renames: { 'blog.Post': 'Article' } },
    'The rename blog.Post=Article fits nothing: the migrations know blog.Article already.',
  ],
  'two renames to one model': [
    { ...post(title), 'blog.Note': [title] },
    { 'blog.Article': [title] },
    { renames: { 'blog.Post': 'Article', 'blog.Note': 'Article' } },
    'The rename blog.Note=Article fits nothing: the migrations know blog.Article already.',
  ],
  'a rename of a field that is not known': [
    post(title),
    post({ headline: text() }),
    { renames: { 'blog.Post.titel': 'headline' } },
    "The rename blog.Post.titel=headline fits nothing: the migrations know no field blog.Post.titel. Did you mean 'title'?",
  ],
  'a rename of a field that is still there': [
    post(title),
    post({ ...title, headline: text() }),
    { renames: { 'blog.Post.title': 'headline' } },
    'The rename blog.Post.title=headline fits nothing: there still is a field blog.Post.title.',
  ],
  'a rename to a field that is not there': [
    post(title),
    post({ headline: text() }),
    { renames: { 'blog.Post.title': 'head' } },
    'The rename blog.Post.title=head fits nothing: there is no field blog.Post.head.',
  ],
  'a rename to a field that was there': [
    post({ ...title, headline: text() }),
    post({ headline: text() }),
    { renames: { 'blog.Post.title': 'headline' } },
    'The rename blog.Post.title=headline fits nothing: the migrations know a field blog.Post.headline already.',
  ],
  'a rename of a field of a model that is not there': [
    post(title),
    post(title),
    { renames: { 'blog.Pots.title': 'headline' } },
    "The rename blog.Pots.title=headline fits nothing: there is no model blog.Pots in both migrations and models. Did you mean 'blog.Post'?",
  ],
  'a rename of neither': [
    post(title),
    post(title),
    { renames: { title: 'headline' } },
    "'title' is neither a model nor a field to rename: 'blog.Post' and 'blog.Post.title' are.",
  ],
  'a removal of a field that is still there': [
    post(title),
    post(title),
    { renames: { 'blog.Post.title': null } },
    'The rename blog.Post.title= fits nothing: there still is a field blog.Post.title.',
  ],
  'a default for a column that needs none': [
    post(title),
    post({ ...title, pages: integer({ default: 1 }) }),
    { defaults: { 'blog.Post.pages': 1 } },
    "The default for 'blog.Post.pages' is of no use: no new column needs a value by that name. Columns that need one: none.",
  ],
  'a default for a column whose name is wrong': [
    post(title),
    post({ ...title, pages: integer() }),
    { defaults: { 'blog.Post.pages': 1, 'blog.Post.page': 1 } },
    "The default for 'blog.Post.page' is of no use: no new column needs a value by that name. Did you mean 'blog.Post.pages'? Columns that need one: blog.Post.pages.",
  ],
}

test.for(Object.entries(refused))('%s', async ([, [before, after, answers, message]]) => {
  await expect(detected(before, after, answers)).rejects.toThrow(message)
})

async function asked(before: Declared, after: Declared): Promise<RenameQuestion[]> {
  const questions: RenameQuestion[] = []
  await detectChanges(stateOf(before), stateOf(after), {
    ...answering(),
    askNewColumn: () => 1,
    askNotNull: () => 1,
    askRename: (question) => {
      questions.push(question)
      return null
    },
  })
  return questions
}

test('what went is asked about once, with all that it may have become, the likeliest first', async () => {
  const before = post({ ...title, pages: integer(), size: integer() })
  const after = post({
    body: text(),
    headline: char({ maxLength: 200 }),
    count: integer(),
    price: integer({ null: true }),
  })
  expect(await asked(before, after)).toEqual([
    { kind: 'field', of: 'blog.Post', from: 'title', candidates: ['headline', 'body'] },
    { kind: 'field', of: 'blog.Post', from: 'pages', candidates: ['count', 'price'] },
    { kind: 'field', of: 'blog.Post', from: 'size', candidates: ['count', 'price'] },
  ])
})

test('what has been taken is no candidate any more', async () => {
  const questions: RenameQuestion[] = []
  const before = post({ pages: integer(), size: integer() })
  const after = post({ count: integer(), price: integer() })
  const changes = await detectChanges(stateOf(before), stateOf(after), {
    ...answering(),
    askRename: (question) => {
      questions.push(question)
      return question.candidates[0]!
    },
  })
  expect(questions.map(({ from, candidates }) => [from, ...candidates])).toEqual([
    ['pages', 'count', 'price'],
    ['size', 'price'],
  ])
  expect(changes.map(({ operation }) => operation.description)).toEqual([
    'Rename field pages of Post to count',
    'Rename field size of Post to price',
  ])
})

test('what was said beforehand is not asked', async () => {
  const before = post({ ...title, pages: integer() })
  const after = post({ headline: text(), size: integer() })
  const answers = {
    renames: { 'blog.Post.pages': 'size', 'blog.Post.title': null },
    defaults: { 'blog.Post.headline': '' },
  }
  const changes = await detectChanges(stateOf(before), stateOf(after), answering(answers))
  expect(changes.map(({ operation }) => operation.description)).toEqual([
    'Rename field pages of Post to size',
    'Remove field title from Post',
    'Add field headline to Post',
  ])
})

/** Fields of which one went and the other came; nothing may be asked of them. */
const unlike: Readonly<Record<string, [gone: object, came: object]>> = {
  'text and a number': [text(), integer({ null: true })],
  'a number and a relation': [integer(), key('blog.Post', { null: true })],
  'relations to two models': [key('blog.Post'), key('blog.Tag', { null: true })],
  'a key and a many-to-many': [key('blog.Tag'), manyToMany('blog.Tag')],
  'a key and what is none': [char({ maxLength: 9, primaryKey: true }), text({ null: true })],
}

test.for(Object.entries(unlike))('%s are not taken for one another', async ([, [gone, came]]) => {
  const tag: Declared = { 'blog.Tag': [title] }
  expect(await asked({ ...tag, ...post({ gone }) }, { ...tag, ...post({ came }) })).toEqual([])
})

test('a model that has hardly a field of the one that went is not taken for it', async () => {
  const before = post({ ...title, pages: integer(), body: text() })
  expect(await asked(before, { 'blog.Tag': [{ name: text(), title: text() }] })).toEqual([])
})

test('an answer that is none of the candidates is refused', async () => {
  const questioner = { ...answering(), askRename: () => 'heading' }
  await expect(detectChanges(stateOf(post(title)), stateOf(post({ headline: text() })), questioner)).rejects.toThrow(
    "blog.Post.title cannot have become 'heading'. Did you mean 'headline'? What came and is like it: headline.",
  )
})
