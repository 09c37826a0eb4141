type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** A list of numbers that grows and needs no more bytes each than its kind of array. */
export interface NumberList {
  readonly length: number;
  /** 0 beyond the end. */
  at(index: number): number;
  /** Returns where it lies. */
  push(value: number): number;
  set(index: number, value: number): void;
}

/** `make`: how an array of so many numbers is made, `(length) => new Uint32Array(length)`. */
export function openNumberList(make: (length: number) => Numbers): NumberList {
  let values = make(256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => (index < length ? (values[index] ?? 0) : 0),
    push: (value) => {
      if (length === values.length) {
        const larger = make(length + (length >> 2));
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      return length++;
    },
    set: (index, value) => {
      values[index] = value;
    },
  };
}
