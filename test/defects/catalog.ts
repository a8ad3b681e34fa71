/** Every defect, by subject. */
import { consentDefects } from './consent-defects';
import type { Defect } from './defect';
import { planningDefects } from './planning-defects';
import { providerDefects } from './provider-defects';
import { readingDefects } from './reading-defects';
import { repairDefects } from './repair-defects';
import { sampleDefects } from './sample-defects';
import { seriesDefects } from './series-defects';
import { storeDefects } from './store-defects';
import { surfaceDefects } from './surface-defects';
import { teamsDefects } from './teams-defects';
import { untoldDefects } from './untold-defects';
import { whereaboutsDefects } from './whereabouts-defects';

export const CATALOG: ReadonlyArray<readonly [subject: string, defects: Defect[]]> = [
  ['the defects of the documented sample', sampleDefects],
  ['defects of memory', storeDefects],
  ['defects of reading', readingDefects],
  ['defects of judgement', planningDefects],
  ['defects toward conference servers', providerDefects],
  ['defects of series', seriesDefects],
  ['defects about events that left sight', whereaboutsDefects],
  ['defects toward Microsoft Teams', teamsDefects],
  ['defects about what is not told, or refused', untoldDefects],
  ['defects of writing to events', repairDefects],
  ['defects that people meet', surfaceDefects],
  ['defects of what people allow', consentDefects],
];
