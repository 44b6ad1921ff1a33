import {
  boolean,
  CASCADE,
  char,
  Decimal,
  date,
  dateTime,
  decimal,
  email,
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
    get stories() {
      return reverse(Story, 'author')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Author)

  override toString(): string {
    return this.name
  }
}

export class Section extends Model(
  { name: char({ maxLength: 50, unique: true }), position: integer({ default: 0 }) },
  { ordering: ['position', 'name'] },
) {
  static objects = manager(Section)

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

export class Story extends Model(
  {
    title: char({ maxLength: 200 }),
    slug: slug({ unique: true, helpText: 'Part of the address.' }),
    standfirst: char({ maxLength: 300, default: '', blank: true }),
    body: text({ default: '', blank: true, helpText: 'Markdown.' }),
    cover: image({ uploadTo: 'covers/', default: '', blank: true }),
    status: char({
      maxLength: 10,
      default: 'draft',
      choices: [
        ['draft', 'Draft'],
        ['review', 'In review'],
        ['published', 'Published'],
      ],
    }),
    isFeatured: boolean({ default: false, verboseName: 'featured', helpText: 'At the top of the front page.' }),
    words: integer({ default: 0 }),
    fee: decimal({ maxDigits: 8, decimalPlaces: 2, default: () => new Decimal(0) }),
    publishedAt: dateTime({ null: true, blank: true, verboseName: 'published' }),
    embargo: date({ null: true, blank: true }),
    source: url({ default: '', blank: true }),
    extra: json<Record<string, string>>({ null: true, blank: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get section() {
      return foreignKey(Section, { onDelete: PROTECT })
    },
    get editor() {
      return foreignKey(Author, { onDelete: SET_NULL, null: true, blank: true })
    },
    get tags() {
      return manyToMany(Tag, { blank: true })
    },
    get comments() {
      return reverse(Comment, 'story')
    },
    get corrections() {
      return reverse(Correction, 'story')
    },
  },
  { ordering: ['-publishedAt', 'title'], verboseNamePlural: 'stories' },
) {
  static objects = manager(Story)

  getAbsoluteUrl(): string {
    return `/stories/${this.slug}/`
  }

  override toString(): string {
    return this.title
  }
}

export class Comment extends Model({
  name: char({ maxLength: 50 }),
  body: text(),
  isApproved: boolean({ default: false, verboseName: 'approved' }),
  get story() {
    return foreignKey(Story, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Comment)

  override toString(): string {
    return `${this.name}: ${this.body.slice(0, 30)}`
  }
}

export class Correction extends Model({
  text: text(),
  correctedOn: date({ null: true, blank: true }),
  get story() {
    return foreignKey(Story, { onDelete: CASCADE })
  },
  get reportedBy() {
    return foreignKey(Author, { onDelete: SET_NULL, null: true, blank: true })
  },
}) {
  static objects = manager(Correction)

  override toString(): string {
    return this.text
  }
}

/** Twelve columns and a hundred filters: what a list must stand. */
export class Reading extends Model(
  {
    station: char({ maxLength: 120 }),
    takenAt: dateTime(),
    temperature: decimal({ maxDigits: 5, decimalPlaces: 1 }),
    pressure: integer(),
    humidity: integer({ null: true }),
    windSpeed: integer(),
    windDirection: char({ maxLength: 3 }),
    rain: decimal({ maxDigits: 5, decimalPlaces: 1, null: true }),
    isChecked: boolean({ null: true }),
    instrument: char({ maxLength: 60 }),
    remark: text({ default: '', blank: true }),
    uploadedOn: date(),
  },
  { ordering: ['-takenAt'] },
) {
  static objects = manager(Reading)

  override toString(): string {
    return this.station
  }
}

/** Of which there is none. */
export class Proof extends Model({ title: char({ maxLength: 100 }) }) {
  static objects = manager(Proof)
}
