/** Tables that a name without a schema leads to, those of the database itself left out. */
export const ownTables = `SELECT c.oid, c.relname::text, obj_description(c.oid, 'pg_class')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND pg_table_is_visible(c.oid) ORDER BY c.relname COLLATE "C"`

/**
 * What a name without a schema leads to: number, name, comment, kind of `pg_class`, whether it is a part of another, by what it is
 * cut into parts. Views are of the kinds `v` and `m`, tables of other servers `f`.
 */
export const relationsOf = `SELECT c.oid, c.relname::text, obj_description(c.oid, 'pg_class'), c.relkind::text, c.relispartition,
    pg_get_partkeydef(c.oid)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND pg_table_is_visible(c.oid) ORDER BY c.relname COLLATE "C"`

/** Of each column: table, name, type, null, numbered, expression, generated how, collation, comment. */
export const columnsOf = `SELECT a.attrelid, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
    a.attidentity <> '' OR COALESCE(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', FALSE),
    pg_get_expr(d.adbin, d.adrelid), a.attgenerated::text,
    CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END, col_description(a.attrelid, a.attnum)
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`

/**
 * Of each constraint: table, name, kind, columns, condition, target and its column, deferred how, its index, operators, whether
 * the rows that were there are known to meet it.
 */
export const constraintsOf = `SELECT c.conrelid, c.conname::text, c.contype::text,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)::text,
    pg_get_expr(c.conbin, c.conrelid), t.relname::text, f.attname::text,
    CASE WHEN c.condeferred THEN 'deferred' WHEN c.condeferrable THEN 'immediate' END, c.conindid,
    (SELECT json_agg(o.oprname ORDER BY k.place) FROM unnest(c.conexclop) WITH ORDINALITY AS k (id, place)
      JOIN pg_operator o ON o.oid = k.id)::text, c.convalidated
  FROM pg_constraint c LEFT JOIN pg_class t ON t.oid = c.confrelid
  LEFT JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
  WHERE c.conrelid = ANY($1::oid[]) AND c.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY c.conname COLLATE "C"`

/**
 * Of each part of each index: table, index, its name, unique, kind, condition, whether NULLs are equal (from version 15 on),
 * then of the part: included alone, the column, the SQL of an expression, descending, operator class, collation where it is another
 * than the column's.
 */
export const indexesOf = `SELECT i.indrelid, i.indexrelid, x.relname::text, i.indisunique, m.amname::text,
    pg_get_expr(i.indpred, i.indrelid), COALESCE((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, FALSE),
    k.place > i.indnkeyatts, a.attname::text, pg_get_indexdef(i.indexrelid, k.place, TRUE),
    k.place <= i.indnkeyatts AND (i.indoption[k.place - 1] & 1) = 1,
    CASE WHEN k.place > i.indnkeyatts OR o.opcdefault THEN NULL ELSE o.opcname::text END,
    CASE WHEN i.indkey[k.place - 1] <> 0 AND i.indcollation[k.place - 1] <> a.attcollation THEN l.collname::text END
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
  CROSS JOIN generate_series(1, i.indnatts) AS k (place)
  LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = NULLIF(i.indkey[k.place - 1], 0)
  LEFT JOIN pg_opclass o ON k.place <= i.indnkeyatts AND o.oid = i.indclass[k.place - 1]
  LEFT JOIN pg_collation l ON k.place <= i.indnkeyatts AND l.oid = i.indcollation[k.place - 1]
  WHERE i.indrelid = ANY($1::oid[]) AND NOT i.indisprimary ORDER BY x.relname COLLATE "C", k.place`

/** Of each primary key: table, and its columns in the order of the key. */
export const primaryKeysOf = `SELECT c.conrelid,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)::text
  FROM pg_constraint c WHERE c.conrelid = ANY($1::oid[]) AND c.contype = 'p'`

/** Of each foreign key: table, its columns, what it leads to (with its schema where that is needed), the columns there, on delete. */
export const foreignKeysOf = `SELECT c.conrelid,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)::text,
    CASE WHEN pg_table_is_visible(t.oid) THEN t.relname::text ELSE n.nspname || '.' || t.relname END,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.number)::text, c.confdeltype::text
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE c.conrelid = ANY($1::oid[]) AND c.contype = 'f' AND c.conparentid = 0 ORDER BY c.conname COLLATE "C"`

/** Of columns with something to tell: table, name, the type that a domain is of, the values of an enumeration, numbered how. */
export const columnFactsOf = `SELECT a.attrelid, a.attname::text,
    CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)::text, a.attidentity::text
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
    AND (t.typtype IN ('d', 'e') OR a.attidentity = 'a') ORDER BY a.attrelid, a.attnum`
