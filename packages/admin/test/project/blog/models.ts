import {
  boolean,
  CASCADE,
  char,
  Decimal,
  date,
  dateTime,
  decimal,
  email,
  file,
  foreignKey,
  image,
  integer,
  json,
  Model,
  manager,
  manyToMany,
  PROTECT,
  reverse,
  SET_NULL,
  slug,
  text,
  url,
} from '@nuages/orm'

export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    email: email({ default: '', blank: true }),
    website: url({ default: '', blank: true }),
    born: date({ null: true, blank: true }),
    get posts() {
      return reverse(Post, 'author')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Author)

  get initials(): string {
    return this.name
      .split(' ')
      .map((word) => word[0])
      .join('')
  }

  override toString(): string {
    return this.name
  }
}

export class Tag extends Model({ name: char({ maxLength: 50, unique: true }) }, { ordering: ['name'] }) {
  static objects = manager(Tag)

  override toString(): string {
    return this.name
  }
}

export class Post extends Model(
  {
    title: char({ maxLength: 200 }),
    slug: slug({ unique: true }),
    body: text({ default: '', blank: true }),
    status: char({
      maxLength: 10,
      default: 'draft',
      choices: [
        ['draft', 'Draft'],
        ['review', 'In review'],
        ['published', 'Published'],
      ],
    }),
    isFeatured: boolean({ default: false }),
    rating: integer({ null: true, blank: true }),
    price: decimal({ maxDigits: 6, decimalPlaces: 2, default: () => new Decimal(0) }),
    publishedAt: dateTime({ null: true, blank: true, verboseName: 'published' }),
    extra: json<Record<string, string>>({ null: true, blank: true }),
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
    get notes() {
      return reverse(Note, 'post')
    },
  },
  { ordering: ['-publishedAt', 'title'] },
) {
  static objects = manager(Post)

  getAbsoluteUrl(): string {
    return `/posts/${this.slug}/`
  }

  get wordCount(): number {
    return this.body.split(/\s+/).filter((word) => word !== '').length
  }

  override toString(): string {
    return this.title
  }
}

export class Comment extends Model({
  name: char({ maxLength: 50 }),
  body: text(),
  isApproved: boolean({ default: false }),
  get post() {
    return foreignKey(Post, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Comment)

  override toString(): string {
    return `${this.name}: ${this.body.slice(0, 20)}`
  }
}

/** Has no admin; notes, which have none either, name one where they stand in the form of a post. */
export class Kind extends Model({ name: char({ maxLength: 20 }) }) {
  static objects = manager(Kind)

  override toString(): string {
    return this.name
  }
}

export class Note extends Model({
  text: char({ maxLength: 100 }),
  get kind() {
    return foreignKey(Kind, { onDelete: SET_NULL, null: true, blank: true })
  },
  get post() {
    return foreignKey(Post, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Note)
}

/** Forbids that its author goes. */
export class Contract extends Model({
  number: char({ maxLength: 20, primaryKey: true }),
  get author() {
    return foreignKey(Author, { onDelete: PROTECT })
  },
}) {
  static objects = manager(Contract)

  override toString(): string {
    return this.number
  }
}

/** Has files. */
export class Picture extends Model({
  title: char({ maxLength: 50 }),
  image: image({ uploadTo: 'pictures', blank: true }),
  notes: file({ uploadTo: 'notes', blank: true }),
}) {
  static objects = manager(Picture)

  override toString(): string {
    return this.title
  }
}
