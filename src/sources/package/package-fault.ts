import { basename } from 'node:path';
import { EzdError, type FaultText } from '../../core/errors.ts';

/** A package that cannot be read as one. `subject` is its file name: packages are named after cases and dates, not after people. */
export const packageFault = (
  file: string,
  message: string,
  hint: string,
  polish: FaultText,
  cause?: unknown,
): EzdError => new EzdError('SOURCE_UNREADABLE', message, { subject: basename(file), hint, polish, cause });

export const brokenArchive = (file: string, what: string, cause?: unknown): EzdError =>
  packageFault(
    file,
    `The package is broken: ${what}.`,
    'Copy or export the package again; compare its checksum with the side file.',
    {
      message: `Paczka ${basename(file)} jest uszkodzona (${what}).`,
      hint: 'Skopiuj albo wyeksportuj paczkę jeszcze raz; porównaj jej sumę kontrolną z plikiem obok.',
    },
    cause,
  );

export const bombFault = (file: string, found: string): EzdError =>
  packageFault(
    file,
    `The package unpacks to more than is allowed: ${found}.`,
    'If the package is really yours and that big, raise the limits in source.limits of the project file.',
    {
      message: `Paczka ${basename(file)} rozpakowuje się do więcej, niż wolno (${found}).`,
      hint: 'Jeżeli to naprawdę wasza paczka i jest tak duża, podnieś granice w source.limits pliku projektu.',
    },
  );
