import { char, integer, Model, manager } from 'nuages/orm'

export class World extends Model({ randomNumber: integer() }) {
  static objects = manager(World)
}

export class Fortune extends Model({ message: char({ maxLength: 2048 }) }) {
  static objects = manager(Fortune)
}
