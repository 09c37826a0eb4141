import type { Language } from '../core/text.ts';
import { fill } from '../core/text.ts';
import type { NightReport, StepReport } from '../night/night.ts';
import { NOTIFY_TEXTS } from './notify-texts.ts';

export type NotifyEvent = 'failure' | 'recovery';

/** What is told: the same for everybody. Names of entities, codes and numbers; never a value of a record. */
export interface Message {
  readonly event: NotifyEvent;
  readonly subject: string;
  /** Plain text, for people. */
  readonly text: string;
  /** For programs. */
  readonly body: MessageBody;
}

/** The JSON object of a webhook. Times are ISO, UTC. */
export interface MessageBody {
  readonly event: `night.${NotifyEvent}`;
  readonly office: string;
  readonly host: string;
  readonly version: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: NightReport['status'];
  readonly exitCode: number;
  /** Since when nights had failed; null: this is the first. */
  readonly failingSince: string | null;
  readonly steps: readonly StepBody[];
  /** The text for people, so that a chat can show it as it is. */
  readonly text: string;
}

export interface StepBody {
  readonly name: string;
  readonly status: StepReport['status'];
  readonly exitCode: number;
  readonly seconds: number;
  readonly records?: Readonly<Record<string, number>>;
  readonly findings?: StepReport['findings'];
  readonly numbers?: StepReport['numbers'];
  readonly failure?: StepReport['failure'];
}

export interface MessageContext {
  readonly language: Language;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly failingSince: number | null;
  /** Local time of the office, for people. */
  moment(milliseconds: number): string;
}

export function composeMessage(event: NotifyEvent, night: NightReport, context: MessageContext): Message {
  const { language, host, failingSince } = context;
  const say = (key: keyof typeof NOTIFY_TEXTS, params: Readonly<Record<string, string | number>> = {}): string =>
    fill(NOTIFY_TEXTS[key][language], params);
  const { office, exitCode, startedAt, finishedAt } = night;
  const subject = say(event === 'failure' ? 'failureSubject' : 'recoverySubject', { office });
  const about = { office, host, exitCode, started: context.moment(startedAt), ended: context.moment(finishedAt) };
  const lines = [
    say(event === 'failure' ? 'failureText' : 'recoveryText', about),
    ...(failingSince === null ? [] : [say('since', { since: context.moment(failingSince) })]),
    '',
    ...night.steps.flatMap((step) => stepLines(step, say)),
    '',
    say('where'),
  ];
  const text = lines.join('\n');
  return { event, subject, text, body: bodyOf(event, night, context, text) };
}

type Say = (key: keyof typeof NOTIFY_TEXTS, params?: Readonly<Record<string, string | number>>) => string;

function stepLines(step: StepReport, say: Say): readonly string[] {
  const status = say(`status.${step.status}`);
  const head = say('step', {
    name: step.name,
    status,
    exitCode: step.exitCode,
    seconds: Math.round(step.milliseconds / 1000),
  });
  const { failure } = step;
  if (failure === undefined) return [head];
  const hint = failure.hint === undefined ? [] : [`    ${say('hint')}: ${failure.hint}`];
  return [head, `    [${failure.code}] ${failure.message}`, ...hint];
}

function bodyOf(
  event: NotifyEvent,
  night: NightReport,
  { host, failingSince }: MessageContext,
  text: string,
): MessageBody {
  const { office, version, startedAt, finishedAt, status, exitCode } = night;
  return {
    event: `night.${event}`,
    office,
    host,
    version,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    status,
    exitCode,
    failingSince: failingSince === null ? null : new Date(failingSince).toISOString(),
    steps: night.steps.map(stepBody),
    text,
  };
}

/** A step for programs: records are summed over entities. */
export function stepBody({
  name,
  status,
  exitCode,
  milliseconds,
  entities,
  findings,
  numbers,
  failure,
}: StepReport): StepBody {
  const sum = (result: 'read' | 'loaded' | 'unchanged' | 'rejected' | 'skipped'): number =>
    (entities ?? []).reduce((total, counts) => total + counts[result], 0);
  return {
    name,
    status,
    exitCode,
    seconds: Math.round(milliseconds) / 1000,
    ...(entities === undefined
      ? {}
      : {
          records: {
            read: sum('read'),
            loaded: sum('loaded'),
            unchanged: sum('unchanged'),
            rejected: sum('rejected'),
            skipped: sum('skipped'),
          },
        }),
    ...(findings === undefined ? {} : { findings }),
    ...(numbers === undefined ? {} : { numbers }),
    ...(failure === undefined ? {} : { failure }),
  };
}
