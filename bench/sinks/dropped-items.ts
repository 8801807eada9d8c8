/** Asks a server what its pipes have dropped, in words; nothing where it has no `/metrics`. */
export async function fetchDroppedItems(metricsUrl: string | undefined): Promise<string[]> {
  if (metricsUrl === undefined) return [];
  const response = await fetch(metricsUrl);
  return response.ok ? droppedItems(await response.text()) : [];
}

/** Reads the ledgers of the pipes in a page of the text format. */
export function droppedItems(page: string): string[] {
  const series = page.matchAll(/^observability_delivery_items_total\{(.*)\} (\S+)/gm);
  return [...series].flatMap(([, labels = '', count]) => {
    const { pipe, outcome, reason } = Object.fromEntries(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>;
    return outcome === 'dropped' && Number(count) > 0 ? [`${pipe} dropped ${count} (${reason})`] : [];
  });
}
