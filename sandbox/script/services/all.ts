/** Every Apps Script service, as one table of methods by their names on the wire. */
import type { AddOn } from '../add-on';
import type { ServiceMethod } from '../service';
import type { Triggers } from '../triggers';
import { cacheService } from './cache';
import { calendarService } from './calendar';
import { type Locks, lockService } from './lock';
import { type PropertyStores, propertiesService } from './properties';
import { scriptAppService } from './script-app';
import { sessionService } from './session';
import { urlFetchService } from './url-fetch';
import { utilitiesService } from './utilities';

export interface ServiceDeps {
  addOn: AddOn;
  stores: PropertyStores;
  locks: Locks;
  triggers: Triggers;
}

export function serviceMethods({ addOn, stores, locks, triggers }: ServiceDeps): Map<string, ServiceMethod> {
  const services = [
    propertiesService(stores),
    cacheService,
    lockService(locks),
    calendarService,
    urlFetchService,
    utilitiesService,
    sessionService(addOn),
    scriptAppService(triggers),
  ];
  return new Map(services.flatMap((service) => Object.entries(service)));
}
