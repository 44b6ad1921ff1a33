/** Checks one value: returns nothing, or throws `ValidationError`. */
export type Validator = (value: never) => void
