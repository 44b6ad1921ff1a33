export { compressor } from './compressed.ts'
export {
  DeserializationError,
  type DeserializationErrorOptions,
  type Place,
  SerializationError,
} from './errors.ts'
export { type FixtureSearch, findFixtures } from './fixture-files.ts'
export { type SerializationFormat, serializationFormats } from './format.ts'
export { holdsModel } from './holds-model.ts'
export { type DeserializeOptions, deserialize } from './load/deserialize.ts'
export type { DeserializedObject, SaveDeserializedOptions } from './load/deserialized-object.ts'
export { type Fixture, type LoadOptions, loadFixtures } from './load/load-fixtures.ts'
export type { ByNaturalKey, NaturalKey, NaturalKeyOf, NaturallyKeyed } from './natural-key.ts'
export type { SerializedText } from './read/decode-text.ts'
export { type SortOptions, sortDependencies } from './sort-dependencies.ts'
export type { RowWriterOptions } from './write/row-writer.ts'
export { type Serializable, type SerializeOptions, serialize, serializeInPieces } from './write/serialize.ts'
