import { CASCADE, char, date, foreignKey, integer, Model, manager } from 'nuages/orm'

export class Author extends Model({ name: char({ maxLength: 100, dbIndex: true }) }) {
  static objects = manager(Author)

  override toString(): string {
    return this.name
  }
}

export class Book extends Model({
  title: char({ maxLength: 200 }),
  pages: integer(),
  published: date({ dbIndex: true }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
  get translator() {
    return foreignKey(Author, { onDelete: CASCADE, null: true, blank: true })
  },
}) {
  static objects = manager(Book)

  override toString(): string {
    return this.title
  }
}
