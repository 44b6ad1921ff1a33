import { ContentType } from '@nuages/contenttypes'
import { auto, CASCADE, char, foreignKey, Model, manyToMany, QuerySet, reverse } from '@nuages/orm'

export class PermissionManager extends QuerySet<typeof Permission> {
  /** The permission of a codename, an app's label and a model's name in lower case. */
  async getByNaturalKey(codename: string, appLabel: string, model: string): Promise<Permission> {
    return this.get({ codename, contentType__appLabel: appLabel, contentType__model: model })
  }
}

/**
 * Something that a user may be allowed to do. `migrate` makes four for each model, add, change, delete and view, and those
 * that the model's own `permissions` name. Django's `Permission`.
 */
export class Permission extends Model(
  {
    id: auto({ primaryKey: true }),
    /** For people: `'Can add post'`. */
    name: char({ maxLength: 255 }),
    get contentType() {
      return foreignKey(ContentType, { onDelete: CASCADE })
    },
    /** For code: `'add_post'`, which is asked for as `'blog.add_post'`. */
    codename: char({ maxLength: 100 }),
    get groups() {
      return reverse(Group, 'permissions')
    },
  },
  {
    ordering: ['contentType__appLabel', 'contentType__model', 'codename'],
    constraints: [{ type: 'unique', fields: ['contentType', 'codename'] }],
  },
) {
  static objects = new PermissionManager(Permission)
  static readonly naturalKeyDependencies = ['contenttypes.ContentType']

  /** What names it in every database: its codename, and the model that it is about. */
  async naturalKey(): Promise<[codename: string, appLabel: string, model: string]> {
    return [this.codename, ...(await this.contentType).naturalKey()]
  }

  override toString(): string {
    return this.name
  }
}

export class GroupManager extends QuerySet<typeof Group> {
  /** The group of that name. Throws `Group.DoesNotExist`. */
  async getByNaturalKey(name: string): Promise<Group> {
    return this.get({ name })
  }
}

/** A name for what several users are allowed. Django's `Group`. */
export class Group extends Model(
  {
    id: auto({ primaryKey: true }),
    name: char({ maxLength: 150, unique: true }),
    get permissions() {
      return manyToMany(Permission, { blank: true })
    },
  },
  { ordering: ['name'] },
) {
  static objects = new GroupManager(Group)

  /** What names it in every database: its name. */
  naturalKey(): [name: string] {
    return [this.name]
  }

  override toString(): string {
    return this.name
  }
}
