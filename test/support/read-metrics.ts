/** One sample of a text file for Prometheus. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]?Inf|[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const UNITS = /_(milliseconds|minutes|hours|days|ms|kilobytes|megabytes)(_|$)/;

/**
 * Reads the text format as strictly as `promtool check metrics` does: HELP and TYPE before the samples of each metric, metrics in one piece, no name and no
 * series twice, legal names and escapes, base units, a line end at the end. Throws with the line.
 */
export function readMetrics(text: string): readonly ReadSample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const samples: ReadSample[] = [];
  const seen = new Set<string>();
  const done = new Set<string>();
  let current = null as { name: string; help: boolean; type: boolean } | null;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind !== undefined) {
      if (name !== current?.name) {
        if (current !== null) done.add(current.name);
        if (done.has(name!)) throw new Error(`${name} is there twice`);
        current = { name: name!, help: false, type: false };
      }
      checkHead(kind, name!, rest!, current!, line);
      continue;
    }
    const sample = readSample(line);
    if (current === null || sample.name !== current.name || !current.help || !current.type)
      throw new Error(`no HELP and TYPE before: ${line}`);
    const series = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`;
    if (seen.has(series)) throw new Error(`series twice: ${line}`);
    seen.add(series);
    samples.push(sample);
  }
  return samples;
}

function checkHead(
  kind: string,
  name: string,
  rest: string,
  current: { help: boolean; type: boolean },
  line: string,
): void {
  if (!NAME.test(name)) throw new Error(`not a name: ${line}`);
  if (UNITS.test(name)) throw new Error(`not a base unit: ${line}`);
  if (kind === 'HELP') {
    if (current.help || current.type) throw new Error(`HELP at the wrong place: ${line}`);
    current.help = true;
    return;
  }
  if (current.type || !/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`wrong TYPE: ${line}`);
  if (rest === 'counter' ? !name.endsWith('_total') : name.endsWith('_total'))
    throw new Error(`_total is for counters: ${line}`);
  current.type = true;
}

function readSample(line: string): ReadSample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a sample: ${line}`);
  return { name, labels: readLabels(labels, line), value: Number(value!.replace('Inf', 'Infinity')) };
}

function readLabels(text: string, line: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (let left = text; left !== ''; ) {
    const [whole, name, value] = LABEL.exec(left) ?? [];
    if (whole === undefined || Object.hasOwn(labels, name!)) throw new Error(`wrong labels: ${line}`);
    labels[name!] = value!.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
    left = left.slice(whole.length);
  }
  return labels;
}
