import {
  CASCADE,
  char,
  date,
  foreignKey,
  Model,
  manager,
  oneToOne,
  QuerySet,
  reverse,
  SET_NULL,
  slug,
  text,
} from '../../src/index.ts'
import { Book } from './book.ts'

export class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    slug: slug({ unique: true }),
    born: date({ null: true }),
    get mentor() {
      return foreignKey(Author, { onDelete: SET_NULL, null: true })
    },
    get pupils() {
      return reverse(Author, 'mentor')
    },
    get books() {
      return reverse(Book, 'author')
    },
    get profile() {
      return reverse(Profile, 'author')
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
}

export class ProfileQuerySet extends QuerySet<typeof Profile> {
  about(word: string) {
    return this.filter({ bio__icontains: word })
  }
}

export class Profile extends Model({
  bio: text(),
  get author() {
    return oneToOne(Author, { onDelete: CASCADE })
  },
}) {
  static objects = new ProfileQuerySet(Profile)
}
