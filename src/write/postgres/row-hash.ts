import xxhash from 'xxhash-wasm';

const { h64Raw } = await xxhash();

/** 64-bit hash (xxHash) of a row image, as the crosswalk keeps it. */
export const hashImage = (image: Uint8Array): bigint => h64Raw(image);
