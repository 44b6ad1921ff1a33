import { CASCADE, char, foreignKey, integer, Model, manager, slug } from '@nuages/orm'
import { reverseName } from '@nuages/urls'

export class Author extends Model({ name: char({ maxLength: 100 }) }, { ordering: ['name'] }) {
  static objects = manager(Author)
}

export class LongBook extends Model(
  {
    title: char({ maxLength: 100 }),
    slug: slug({ unique: true }),
    pages: integer(),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
  },
  { ordering: ['title'] },
) {
  static objects = manager(LongBook)

  getAbsoluteUrl(): string {
    return reverseName('book', { slug: this.slug })
  }
}
