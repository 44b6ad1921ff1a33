import {
  bigInteger,
  boolean,
  CASCADE,
  char,
  date,
  dateTime,
  decimal,
  duration,
  foreignKey,
  json,
  Model,
  manager,
  manyToMany,
  oneToOne,
  PROTECT,
  positiveInteger,
  QuerySet,
  reverse,
  SET_NULL,
  slug,
  text,
  ValidationError,
} from '@nuages/orm'

export class AuthorManager extends QuerySet<typeof Author> {
  active() {
    return this.filter({ retired: false })
  }
}

export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    retired: boolean({ default: false }),
    get posts() {
      return reverse(Post, 'author')
    },
  },
  { ordering: ['name'] },
) {
  static objects = new AuthorManager(Author)

  override toString(): string {
    return this.name
  }
}

export class Tag extends Model({ name: char({ maxLength: 20, unique: true }) }, { ordering: ['name'] }) {
  static objects = manager(Tag)

  override toString(): string {
    return this.name
  }
}

export class Post extends Model(
  {
    title: char({ maxLength: 40, helpText: 'What it is about.' }),
    slug: slug({ unique: true, blank: true }),
    body: text({ blank: true }),
    status: char({
      maxLength: 9,
      choices: [
        ['draft', 'Draft'],
        ['published', 'Published'],
      ],
      default: 'draft',
    }),
    subtitle: char({ maxLength: 40, null: true, blank: true }),
    pages: positiveInteger({ null: true, blank: true }),
    views: bigInteger({ default: 0n }),
    price: decimal({ maxDigits: 6, decimalPlaces: 2, null: true, blank: true }),
    featured: boolean({ default: false }),
    publishedAt: dateTime({ null: true, blank: true, verboseName: 'date of publication' }),
    day: date({ null: true, blank: true }),
    reading: duration({ null: true, blank: true }),
    extra: json<Record<string, string> | null>({ null: true, blank: true }),
    created: dateTime({ autoNowAdd: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get editor() {
      return foreignKey(Author, { onDelete: SET_NULL, null: true, blank: true })
    },
    get tags() {
      return manyToMany(Tag, { blank: true })
    },
    get comments() {
      return reverse(Comment, 'post')
    },
  },
  { ordering: ['title'], constraints: [{ type: 'unique', fields: ['author', 'title'] }] },
) {
  static objects = manager(Post)

  override clean(): void {
    if (this.title === 'Forbidden') {
      throw new ValidationError({ title: [{ code: 'forbidden', message: 'Choose another title.' }] })
    }
    if (this.body === 'hidden') throw new ValidationError({ views: [{ code: 'low', message: 'Not seen enough.' }] })
    if (this.slug === '') this.slug = this.title.toLowerCase().replaceAll(/[^\w]+/g, '-')
  }

  override toString(): string {
    return this.title
  }
}

export class Comment extends Model(
  {
    name: char({ maxLength: 20 }),
    text: text(),
    rating: positiveInteger({ default: 3 }),
    get post() {
      return foreignKey(Post, { onDelete: CASCADE })
    },
  },
  { constraints: [{ type: 'unique', fields: ['post', 'name'] }] },
) {
  static objects = manager(Comment)
}

export class Profile extends Model({
  bio: text(),
  get author() {
    return oneToOne(Author, { onDelete: PROTECT })
  },
}) {
  static objects = manager(Profile)
}
