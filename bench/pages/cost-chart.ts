import type { VariantCost } from '../costs.ts';
import type { Results } from '../results-file.ts';
import { CONTROL } from '../variants.ts';

const WIDTH = 760;
const MARGIN = 20;
const NAMES = 230;
const FIGURES = 60;
const BAR = 14;
const ROW = 22;
const TITLE = 52;
const PANEL_TITLE = 30;
const FOOT = 34;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .panel { font-weight: 600 }
  .faint { fill: #57606a; font-size: 12px }
  .ground { fill: #ffffff; stroke: #d0d7de }
  .bar { fill: #2f6f9f }
  .one { stroke: #57606a; stroke-dasharray: 3 3 }
  .spread { stroke: #24292f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .faint { fill: #9da7b1 }
    .ground { fill: #161b22; stroke: #3d444d }
    .bar { fill: #4a94c9 }
    .one { stroke: #9da7b1 }
    .spread { stroke: #e6edf3 }
  }`;

interface Panel {
  name: string;
  rows: readonly VariantCost[];
}

/** Draws what a GET costs with each variant, as bars; its ground is its own, so that it can stand on any page. */
export function costChart({ scenarios, setting }: Results): string {
  const panels = scenarios
    .filter(({ name }) => name.endsWith(' GET'))
    .map(({ name, variants }): Panel => ({ name, rows: variants.filter((variant) => variant.name !== CONTROL) }));
  const longest = Math.max(1, ...panels.flatMap(({ rows }) => rows.map(({ high }) => high)));
  const perTime = (WIDTH - 2 * MARGIN - NAMES - FIGURES) / longest;
  const parts: string[] = [];
  let top = TITLE;
  for (const panel of panels) {
    parts.push(drawPanel(panel, top, perTime));
    top += PANEL_TITLE + panel.rows.length * ROW;
  }
  const height = top + FOOT;
  const title = 'CPU per request, as a multiple of bare Nest';
  const foot = `Node ${setting.node.slice(1)}, Nest ${setting.nest}, every trace sampled unless said otherwise; lines: 95 % interval`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${title}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>`,
    text('title', MARGIN, 32, title),
    ...parts,
    text('faint', MARGIN, height - 16, foot),
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ name, rows }: Panel, top: number, perTime: number): string {
  const zero = MARGIN + NAMES;
  const first = top + PANEL_TITLE;
  const one = round(zero + perTime);
  return [
    text('panel', MARGIN, top + 19, name),
    ...rows.map((row, index) => drawRow(row, first + index * ROW, zero, perTime)),
    `<line class="one" x1="${one}" x2="${one}" y1="${first - 4}" y2="${first + rows.length * ROW - 4}"/>`,
  ].join('\n');
}

function drawRow({ name, median, low, high }: VariantCost, top: number, zero: number, perTime: number): string {
  const end = round(zero + median * perTime);
  const middle = top + BAR / 2;
  return [
    text('', MARGIN, top + 12, name),
    `<rect class="bar" x="${zero}" y="${top}" width="${round(end - zero)}" height="${BAR}" rx="2"/>`,
    `<line class="spread" x1="${round(zero + low * perTime)}" x2="${round(zero + high * perTime)}" y1="${middle}" y2="${middle}"/>`,
    text('', round(zero + Math.max(high, median) * perTime + 8), top + 12, `×${median.toFixed(2)}`),
  ].join('\n');
}

function text(kind: string, x: number, y: number, words: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text${kind && ` class="${kind}"`} x="${x}" y="${y}">${safe}</text>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
