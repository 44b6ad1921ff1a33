import { userModel } from '@nuages/auth'
import { CASCADE, char, foreignKey, Model, manager, manyToMany } from '@nuages/orm'

export class Note extends Model({
  title: char({ maxLength: 50 }),
  get author() {
    return foreignKey(userModel, { onDelete: CASCADE })
  },
  get readers() {
    return manyToMany(userModel, { blank: true })
  },
}) {
  static objects = manager(Note)

  override toString(): string {
    return this.title
  }
}
