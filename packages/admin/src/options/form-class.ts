/** A class that `ModelForm` made, or one that extends it. */
export type FormClass = abstract new (...args: never) => object
