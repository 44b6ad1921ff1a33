import {
  boolean,
  CASCADE,
  char,
  dateTime,
  foreignKey,
  Model,
  manager,
  manyToMany,
  reverse,
  slug,
  text,
} from 'nuages/orm'
import { reverse as reverseUrl } from 'nuages/urls'
import { type Block, countWords, parseArticle } from './article.ts'

const wordsPerMinute = 220

export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    slug: slug({ unique: true }),
    role: char({ maxLength: 100 }),
    bio: text(),
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

  getAbsoluteUrl(): string {
    return reverseUrl('blog:tag-detail', { slug: this.slug })
  }
}

/** The clouds an author may choose from: each is a drawing in `static/blog/skies/`. */
export const clouds = [
  ['clear', 'Clear sky'],
  ['cirrus', 'Cirrus'],
  ['cumulus', 'Cumulus'],
  ['mackerel', 'Mackerel sky'],
  ['nimbus', 'Rain cloud'],
  ['snow', 'Snow cloud'],
  ['stratus', 'Stratus'],
] as const

export class Post extends Model(
  {
    title: char({ maxLength: 200 }),
    slug: slug({ unique: true, maxLength: 80 }),
    summary: char({ maxLength: 300 }),
    /** In the few marks that `parseArticle` reads. */
    body: text(),
    cloud: char({ maxLength: 20, choices: clouds, default: 'cumulus' }),
    isDraft: boolean({ default: true }),
    /** May lie in the future: until then the post is not shown. */
    publishedAt: dateTime({ null: true, dbIndex: true }),
    created: dateTime({ autoNowAdd: true }),
    updated: dateTime({ autoNow: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get tags() {
      return manyToMany(Tag)
    },
  },
  { ordering: ['-publishedAt', '-id'] },
) {
  static objects = new PostManager(Post)

  get blocks(): Block[] {
    return parseArticle(this.body)
  }

  get readingMinutes(): number {
    return Math.max(1, Math.round(countWords(this.body) / wordsPerMinute))
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

  getAbsoluteUrl(): string {
    return reverseUrl('blog:post-detail', { slug: this.slug })
  }
}
