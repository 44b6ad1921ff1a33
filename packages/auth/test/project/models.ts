import { char, Model, manager } from '@nuages/orm'

export class Note extends Model(
  { title: char({ maxLength: 100 }) },
  { verboseName: 'short note', permissions: [['pin_note', 'Can pin a note']] },
) {
  static objects = manager(Note)
}

export class LogLine extends Model({ text: char({ maxLength: 100 }) }, { defaultPermissions: ['view'] }) {
  static objects = manager(LogLine)
}
