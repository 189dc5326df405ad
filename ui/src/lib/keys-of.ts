/** The keys of an object whose type lists them all, as that type names them. */
export function keysOf<T extends object>(object: T): (keyof T & string)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript cannot know that nothing was added at run time
  return Object.keys(object) as (keyof T & string)[];
}
