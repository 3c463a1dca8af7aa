/**
 * What the judgement of risk catches and how often it cries wolf: `npm run bench:risk`, seconds. Lives some hundreds of stories through,
 * prints the rates and writes RISK.md next to this file. `-- --brief` compares them with it instead: an error where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as library from 'sessionkeeper';
import { chosenByStories, evaluate, toldStories } from './risk/evaluate.js';
import { writeRiskPage } from './risk/page.js';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const file = new URL('RISK.md', import.meta.url);

const page = writeRiskPage(await evaluate(library, toldStories()), await evaluate(library, chosenByStories()));
console.log(page);
if (!values.brief) writeFileSync(file, page);
else if (page !== readFileSync(file, 'utf8')) {
  console.error('bench/RISK.md says otherwise: run npm run bench:risk');
  process.exitCode = 1;
}
