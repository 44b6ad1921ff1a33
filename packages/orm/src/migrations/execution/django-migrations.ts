import { keyOf, type MigrationKey } from '../migration.ts'

/**
 * What Django's own apps have run beside a first migration that has the name of ours. Our tables are as those are in the end, so that there is
 * no file for them here; the record of a database that Django made keeps them for a Django that may still run there.
 */
const djangoMigrations: ReadonlySet<string> = new Set([
  'admin.0002_logentry_remove_auto_add',
  'admin.0003_logentry_add_action_flag_choices',
  'auth.0002_alter_permission_name_max_length',
  'auth.0003_alter_user_email_max_length',
  'auth.0004_alter_user_username_opts',
  'auth.0005_alter_user_last_login_null',
  'auth.0006_require_contenttypes_0002',
  'auth.0007_alter_validators_add_error_messages',
  'auth.0008_alter_user_username_max_length',
  'auth.0009_alter_user_last_name_max_length',
  'auth.0010_alter_group_name_max_length',
  'auth.0011_update_proxy_permissions',
  'auth.0012_alter_user_first_name_max_length',
  'contenttypes.0002_remove_content_type_name',
])

export function isDjangos(key: MigrationKey): boolean {
  return djangoMigrations.has(keyOf(key))
}
