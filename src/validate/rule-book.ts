import type { RuleSignature, RuleSignatures } from '../core/signatures.ts';
import { caseSign } from './case-sign/case-sign.ts';
import { category } from './category/category.ts';
import { caseDates } from './dates/case-dates.ts';
import { fileHash, fileName } from './files/file-name.ts';
import { folderState } from './flow/folder-state.ts';
import { handOver } from './flow/hand-over.ts';
import { eDeliveryAddress } from './identifiers/e-delivery.ts';
import { email } from './identifiers/email.ts';
import { epuapAddress } from './identifiers/epuap.ts';
import { nip } from './identifiers/nip.ts';
import { pesel } from './identifiers/pesel.ts';
import { country, postalCode } from './identifiers/postal-code.ts';
import { regon } from './identifiers/regon.ts';
import { simc, terc, ulic } from './identifiers/teryt.ts';
import { unp } from './identifiers/unp.ts';
import { classSymbol } from './jrwa/class-symbol.ts';
import {
  fileSizeLimit,
  metadataLimit,
  outgoingLimit,
  participantLimit,
  remarksLimit,
  reregistrationLimit,
  titleLimit,
} from './limits/limits.ts';
import { partialDate } from './metadata/partial-date.ts';
import {
  addressMetadata,
  caseMetadata,
  documentMetadata,
  incomingMetadata,
  outgoingMetadata,
} from './metadata/required.ts';
import { access, dcmiType, documentId } from './metadata/vocabulary.ts';
import { metryka } from './metryka/metryka.ts';
import { nonCaseClass } from './records-without-case/non-case-class.ts';
import { incomingDates } from './registers/incoming-dates.ts';
import { registerNumber } from './registers/register-number.ts';
import { storePosition, storePositionText } from './registers/store-position.ts';
import type { Rule } from './rule.ts';

/** Every rule on one record, by chapter. */
export const RULES: readonly Rule[] = [
  caseSign,
  caseMetadata,
  caseDates,
  classSymbol,
  category,
  incomingMetadata,
  registerNumber,
  incomingDates,
  storePosition,
  storePositionText,
  outgoingMetadata,
  documentMetadata,
  documentId,
  partialDate,
  access,
  dcmiType,
  nonCaseClass,
  folderState,
  handOver,
  metryka,
  pesel,
  nip,
  regon,
  epuapAddress,
  eDeliveryAddress,
  terc,
  simc,
  ulic,
  postalCode,
  country,
  email,
  addressMetadata,
  unp,
  fileName,
  fileHash,
  titleLimit,
  remarksLimit,
  reregistrationLimit,
  participantLimit,
  metadataLimit,
  outgoingLimit,
  fileSizeLimit,
];

/** Rules by their name in mapping files. */
export const RULES_BY_NAME: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.name, rule]));

const signatureOf = (rule: Rule): RuleSignature => ({
  columns: rule.columns,
  ...(rule.options === undefined ? {} : { options: rule.options }),
  codes: Object.fromEntries(rule.codes.map((entry) => [entry.code, entry.severity])),
  doc: rule.doc,
});

/** What the mapping compiler needs to know of the rules. */
export const RULE_SIGNATURES: RuleSignatures = Object.fromEntries(RULES.map((rule) => [rule.name, signatureOf(rule)]));
