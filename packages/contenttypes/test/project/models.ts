import { char, Model, manager, manyToMany } from '@nuages/orm'

export class Tag extends Model({ name: char({ maxLength: 20 }) }) {
  static objects = manager(Tag)
}

export class LongBook extends Model({
  title: char({ maxLength: 100 }),
  get tags() {
    return manyToMany(Tag)
  },
}) {
  static objects = manager(LongBook)
}
