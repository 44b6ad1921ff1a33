import { userModel } from 'nuages/auth'
import { currentTimeZone } from 'nuages/i18n'
import {
  boolean,
  CASCADE,
  char,
  dateTime,
  email,
  foreignKey,
  image,
  Model,
  manager,
  manyToMany,
  oneToOne,
  positiveInteger,
  Q,
  QuerySet,
  reverse,
  type SaveOptions,
  SET_NULL,
  slug,
  text,
} from 'nuages/orm'
import { reverse as reverseUrl } from 'nuages/urls'
import { type Block, countWords, parseArticle } from './article.ts'
import { clouds } from './clouds.ts'

const wordsPerMinute = 220

export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    slug: slug({ unique: true }),
    role: char({ maxLength: 100 }),
    bio: text(),
    /** Who signs in to write as this author. */
    get user() {
      return oneToOne(userModel, { onDelete: SET_NULL, null: true, blank: true })
    },
    get posts() {
      return reverse(Post, 'author')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Author)

  /** The first letters of the first two names. */
  get initials(): string {
    return this.name
      .split(' ', 2)
      .map((name) => name.charAt(0))
      .join('')
  }

  override toString(): string {
    return this.name
  }

  getAbsoluteUrl(): string {
    return reverseUrl('blog:author-detail', { slug: this.slug })
  }
}

export class Tag extends Model(
  {
    name: char({ maxLength: 50 }),
    slug: slug({ unique: true }),
    description: char({ maxLength: 200 }),
    get posts() {
      return reverse(Post, 'tags')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Tag)

  override toString(): string {
    return this.name
  }

  getAbsoluteUrl(): string {
    return reverseUrl('blog:tag-detail', { slug: this.slug })
  }
}

/** The ways in which the site looks for posts. */
export class PostManager extends QuerySet<typeof Post> {
  /** What readers may see: no drafts, nothing from the future. */
  published() {
    return this.filter({ isDraft: false, publishedAt__lte: Temporal.Now.instant() })
  }

  /** As lists show them: with their authors, and without their texts. */
  asCards() {
    return this.selectRelated('author').defer('body')
  }

  /** The posts of one author, drafts too. */
  by(author: Author) {
    return this.filter({ author__id: author.id })
  }

  /** The posts that have each of the words in their title, summary or body; none where there are no words. */
  matching(words: string) {
    const wanted = words.split(/[\s'’"“”]+/).filter((word) => word !== '')
    const start = wanted.length === 0 ? this.none() : this.all()
    return wanted.reduce(
      (posts, word) =>
        posts.filter(Q({ title__icontains: word }).or({ summary__icontains: word }).or({ body__icontains: word })),
      start,
    )
  }
}

export class Post extends Model(
  {
    title: char({ maxLength: 200 }),
    slug: slug({ unique: true, maxLength: 80 }),
    summary: char({ maxLength: 300 }),
    /** In the few marks that `parseArticle` reads. */
    body: text(),
    /** Drawn above the post, where it has no picture of its own. */
    cloud: char({ maxLength: 20, choices: clouds, default: 'cumulus' }),
    picture: image({ uploadTo: 'pictures/%Y/%m/', blank: true, helpText: 'Stands in place of the drawn sky.' }),
    pictureDescription: char({
      maxLength: 200,
      blank: true,
      default: '',
      helpText: 'For readers who cannot see it.',
    }),
    /** Of the body. Kept, so that a list tells how long a post is without reading it. */
    wordCount: positiveInteger({ default: 0, editable: false }),
    isDraft: boolean({ default: true, verboseName: 'draft' }),
    /** May lie in the future: until then the post is not shown. */
    publishedAt: dateTime({
      null: true,
      blank: true,
      dbIndex: true,
      verboseName: 'published',
      helpText: 'In the future: until then nobody sees it.',
    }),
    created: dateTime({ autoNowAdd: true }),
    updated: dateTime({ autoNow: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get tags() {
      return manyToMany(Tag, { blank: true })
    },
    get comments() {
      return reverse(Comment, 'post')
    },
  },
  { ordering: ['-publishedAt', '-id'] },
) {
  static objects = new PostManager(Post)

  override async save(options: SaveOptions = {}): Promise<void> {
    // A post that was read for a list has no body to count.
    if (!this.getDeferredFields().has('body')) this.wordCount = countWords(this.body)
    const { updateFields } = options
    const writesBody = updateFields?.includes('body')
    await super.save(writesBody ? { ...options, updateFields: [...updateFields!, 'wordCount'] } : options)
  }

  override toString(): string {
    return this.title
  }

  /** Whether readers can see it now. */
  get isPublished(): boolean {
    const { isDraft, publishedAt } = this
    return !isDraft && publishedAt !== null && Temporal.Instant.compare(publishedAt, Temporal.Now.instant()) <= 0
  }

  get blocks(): Block[] {
    return parseArticle(this.body)
  }

  get readingMinutes(): number {
    return Math.max(1, Math.round(this.wordCount / wordsPerMinute))
  }

  /** The light in the post's drawing: that of the hour it was published at. */
  get hour(): 'dawn' | 'day' | 'dusk' | 'night' {
    const hour = this.publishedAt?.toZonedDateTimeISO(currentTimeZone()).hour ?? 12
    if (hour < 5 || hour >= 20) return 'night'
    if (hour < 8) return 'dawn'
    return hour < 17 ? 'day' : 'dusk'
  }

  /** When a reader could first see the post as it is now. */
  get revisedAt(): Temporal.Instant {
    const { publishedAt, updated } = this
    return publishedAt !== null && Temporal.Instant.compare(publishedAt, updated) > 0 ? publishedAt : updated
  }

  /** The published post after this one. */
  async newer(): Promise<Post | null> {
    const { publishedAt, id } = this
    if (publishedAt === null) return null
    const later = Q({ publishedAt__gt: publishedAt }).or({ publishedAt, id__gt: id })
    return Post.objects.published().filter(later).orderBy('publishedAt', 'id').first()
  }

  /** The published post before this one. */
  async older(): Promise<Post | null> {
    const { publishedAt, id } = this
    if (publishedAt === null) return null
    const earlier = Q({ publishedAt__lt: publishedAt }).or({ publishedAt, id__lt: id })
    return Post.objects.published().filter(earlier).first()
  }

  getAbsoluteUrl(): string {
    return reverseUrl('blog:post-detail', { slug: this.slug })
  }
}

/** How the site looks for comments. */
export class CommentManager extends QuerySet<typeof Comment> {
  /** What readers see under a post. */
  under(post: Post) {
    return this.filter({ post__id: post.id, isApproved: true })
  }
}

/** A reader's word under a post. It is shown once somebody has approved it. */
export class Comment extends Model(
  {
    get post() {
      return foreignKey(Post, { onDelete: CASCADE })
    },
    name: char({ maxLength: 80 }),
    email: email({ blank: true, default: '', helpText: 'Never shown.' }),
    body: text(),
    isApproved: boolean({ default: false, verboseName: 'approved' }),
    created: dateTime({ autoNowAdd: true }),
  },
  { ordering: ['created', 'id'] },
) {
  static objects = new CommentManager(Comment)

  override toString(): string {
    return `${this.name} on ${this.created.toString().slice(0, 10)}`
  }
}
