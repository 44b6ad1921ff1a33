import { bigInteger, boolean, char, date, integer, json } from '../../../../src/index.ts'
import { author, type Case, item, key, name, pairs, post, tag, title } from './case.ts'

/** What becomes of models that have another name. */
export const renamedModels: Readonly<Record<string, Case>> = {
  'a model is renamed': {
    before: post(),
    after: { 'blog.Article': [title] },
    answers: { renames: { 'blog.Post': 'Article' } },
    expected: ['blog.0002_rename_post_article: Rename model Post to Article'],
  },
  'a model is renamed, said with its app': {
    before: post(),
    after: { 'blog.Article': [title] },
    answers: { renames: { 'blog.Post': 'blog.Article' } },
    expected: ['blog.0002_rename_post_article: Rename model Post to Article'],
  },
  'a model is renamed and its fields changed': {
    before: post({ pages: integer(), draft: boolean() }),
    after: { 'blog.Article': [{ ...title, pages: bigInteger({ null: true }), extra: json({ null: true }) }] },
    answers: { renames: { 'blog.Post': 'Article' } },
    expected: [
      'blog.0002_rename_post_article_remove_article_draft_and_more: Rename model Post to Article, Remove field draft from Article, Alter field pages of Article, Add field extra to Article',
    ],
  },
  'a model is renamed and has nothing in common with what it was': {
    before: post(),
    after: { 'blog.Sale': [{ price: integer({ null: true }), at: date({ null: true }) }] },
    answers: { renames: { 'blog.Post': 'Sale' } },
    expected: [
      'blog.0002_rename_post_sale_remove_sale_title_sale_price_and_more: Rename model Post to Sale, Remove field title from Sale, Add field price to Sale, Add field at to Sale',
    ],
  },
  'a model is renamed and a field of it, by the old name of the model': {
    before: post(),
    after: { 'blog.Article': [{ headline: char({ maxLength: 200 }) }] },
    answers: { renames: { 'blog.Post': 'Article', 'blog.Post.title': 'headline' } },
    expected: [
      'blog.0002_rename_post_article_rename_title_article_headline: Rename model Post to Article, Rename field title of Article to headline',
    ],
  },
  'a model is renamed and a field of it, by the new name of the model': {
    before: post(),
    after: { 'blog.Article': [{ headline: char({ maxLength: 200 }) }] },
    answers: { renames: { 'blog.Post': 'Article', 'blog.Article.title': 'headline' } },
    expected: [
      'blog.0002_rename_post_article_rename_title_article_headline: Rename model Post to Article, Rename field title of Article to headline',
    ],
  },
  'a model went and one like it is new': {
    before: post(),
    after: { 'blog.Article': [title] },
    answers: { renames: { 'blog.Post': null } },
    expected: ['blog.0002_article_delete_post: Create model Article, Delete model Post'],
  },
  'what points to a renamed model follows': {
    before: {
      ...author,
      ...post({ author: key('blog.Author') }),
      ...item({ by: key('blog.Author'), fans: pairs('blog.Author') }),
    },
    after: {
      'blog.Writer': [name],
      ...post({ author: key('blog.Writer') }),
      ...item({ by: key('blog.Writer'), fans: pairs('blog.Writer') }),
    },
    answers: { renames: { 'blog.Author': 'Writer' } },
    expected: ['blog.0002_rename_author_writer: Rename model Author to Writer'],
  },
  'a model that points to itself is renamed': {
    before: { 'blog.Page': [{ ...name, parent: key('self', { null: true }) }] },
    after: { 'blog.Sheet': [{ ...name, parent: key('self', { null: true }) }] },
    answers: { renames: { 'blog.Page': 'Sheet' } },
    expected: ['blog.0002_rename_page_sheet: Rename model Page to Sheet'],
  },
  'the model of the pairs is renamed': {
    before: {
      ...tag,
      ...post({ tags: pairs('blog.Tag', { through: 'blog.Tagging' }) }),
      'blog.Tagging': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    after: {
      ...tag,
      ...post({ tags: pairs('blog.Tag', { through: 'blog.Label' }) }),
      'blog.Label': [{ post: key('blog.Post'), tag: key('blog.Tag') }],
    },
    answers: { renames: { 'blog.Tagging': 'Label' } },
    expected: ['blog.0002_rename_tagging_label: Rename model Tagging to Label'],
  },
  'a model with a proxy is renamed': {
    before: { ...post(), 'shop.Note': 'blog.Post' },
    after: { 'blog.Article': [title], 'shop.Note': 'blog.Article' },
    answers: { renames: { 'blog.Post': 'Article' } },
    expected: ['blog.0002_rename_post_article: Rename model Post to Article'],
  },
  'a proxy is renamed': {
    before: { ...post(), 'blog.Note': 'blog.Post' },
    after: { ...post(), 'blog.Memo': 'blog.Post' },
    answers: { renames: { 'blog.Note': 'Memo' } },
    expected: ['blog.0002_rename_note_memo: Rename model Note to Memo'],
  },
  'a model is renamed and another comes to point to it': {
    before: author,
    after: { 'blog.Writer': [name], ...item({ by: key('blog.Writer') }) },
    answers: { renames: { 'blog.Author': 'Writer' } },
    expected: [
      'blog.0002_rename_author_writer: Rename model Author to Writer',
      'shop.0001_initial ← blog.0002_rename_author_writer: Create model Item',
    ],
  },
  'two models are renamed, one of which points to the other': {
    before: { ...author, ...post({ author: key('blog.Author') }) },
    after: { 'blog.Writer': [name], 'blog.Article': [{ ...title, author: key('blog.Writer') }] },
    answers: { renames: { 'blog.Author': 'Writer', 'blog.Post': 'Article' } },
    expected: [
      'blog.0002_rename_author_writer_rename_post_article: Rename model Author to Writer, Rename model Post to Article',
    ],
  },
  'only the case of a model changes': {
    before: { 'blog.Blogpost': [title], ...item({ post: key('blog.Blogpost') }) },
    after: { 'blog.BlogPost': [title], ...item({ post: key('blog.BlogPost') }) },
    expected: ['blog.0002_rename_blogpost_blog_post: Rename model Blogpost to BlogPost'],
  },
  'a model with an index without a name is renamed': {
    before: post({}, { indexes: [{ fields: ['title'] }] }),
    after: { 'blog.Article': [title, { indexes: [{ fields: ['title'] }] }] },
    answers: { renames: { 'blog.Post': 'Article' } },
    expected: [
      'blog.0002_rename_post_article_and_more: Rename model Post to Article, Rename index blog_post_title_e1c6f7_idx of Article to blog_articl_title_525ebf_idx',
    ],
  },
  'a renamed model keeps its table': {
    before: post(),
    after: { 'blog.Article': [title, { table: 'blog_post' }] },
    answers: { renames: { 'blog.Post': 'Article' } },
    expected: [
      'blog.0002_alter_post_table_rename_post_article: Rename the table of Post to blog_post, Rename model Post to Article',
    ],
  },
  'a model moved and its rows may go': {
    before: { ...post(), ...item(name) },
    after: { 'shop.Post': [title], ...item(name) },
    answers: { renames: { 'blog.Post': null } },
    expected: ['shop.0002_post: Create model Post', 'blog.0002_delete_post: Delete model Post'],
  },
}
