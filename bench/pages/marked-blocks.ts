/** Text that is generated, by the name of the block that it stands in. */
export type Blocks = ReadonlyMap<string, string>;

const BLOCK = /(<!-- bench-([a-z-]+):start -->\n)[^]*?(<!-- bench-\2:end -->)/g;

/** Puts each text between the marks of its block and leaves the rest of the page as it is. */
export function withBlocks(page: string, blocks: Blocks): string {
  return page.replaceAll(BLOCK, (_all, start: string, name: string, end: string) => {
    const text = blocks.get(name);
    if (text === undefined)
      throw new Error(`There is no block "${name}". Use one of ${[...blocks.keys()].join(', ')}.`);
    return `${start}\n${text}\n\n${end}`;
  });
}
