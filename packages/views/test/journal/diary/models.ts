import {
  boolean,
  CASCADE,
  char,
  date,
  dateTime,
  foreignKey,
  integer,
  Model,
  manager,
  manyToMany,
  PROTECT,
  reverse,
  slug,
} from '@nuages/orm'

export class Writer extends Model({ name: char({ maxLength: 100 }) }, { ordering: ['name'] }) {
  static objects = manager(Writer)

  override toString(): string {
    return this.name
  }
}

export class Topic extends Model(
  { name: char({ maxLength: 50 }), slug: slug({ unique: true }) },
  { ordering: ['name'] },
) {
  static objects = manager(Topic)

  override toString(): string {
    return this.name
  }
}

export class Entry extends Model(
  {
    title: char({ maxLength: 100 }),
    slug: slug({ unique: true }),
    day: date({ null: true, blank: true }),
    writtenAt: dateTime({ dbIndex: true, default: () => Temporal.Now.instant() }),
    isPublic: boolean({ default: true }),
    words: integer({ default: 0 }),
    mood: char({
      maxLength: 10,
      choices: [
        ['good', 'Good'],
        ['bad', 'Not so good'],
      ],
      default: 'good',
    }),
    get writer() {
      return foreignKey(Writer, { onDelete: CASCADE })
    },
    get topics() {
      return manyToMany(Topic, { blank: true })
    },
    get notes() {
      return reverse(Note, 'entry')
    },
  },
  { verboseNamePlural: 'entries' },
) {
  static objects = manager(Entry)

  getAbsoluteUrl(): string {
    return `/entries/${this.slug}/`
  }

  shout(): string {
    return `${this.title.toUpperCase()}!`
  }

  override toString(): string {
    return this.title
  }
}

export class Note extends Model({
  text: char({ maxLength: 100 }),
  get entry() {
    return foreignKey(Entry, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Note)
}

/** What forbids to delete a writer. */
export class Contract extends Model({
  title: char({ maxLength: 100 }),
  get writer() {
    return foreignKey(Writer, { onDelete: PROTECT })
  },
}) {
  static objects = manager(Contract)

  override toString(): string {
    return this.title
  }
}
