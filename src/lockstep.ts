/** What a configuration may import, under the name `lockstep`, from any folder. */
export type { AddOnConfig, SolutionConfig } from './add-on';
export { defineAddOn } from './add-on';
export type { Meeting, MeetingField, Moment, Occurrence } from './core/meeting';
export type { Outcome } from './core/outcome';
export type { HttpAnswer, HttpRequest } from './ports/http';
export type { Auth, Conference, Operation, Provider } from './ports/provider';
export { ejabberd } from './providers/ejabberd';
export { exampleMeet } from './providers/example-meet';
export { janus } from './providers/janus';
export { jitsiMeet } from './providers/jitsi';
export { nextcloudTalk } from './providers/nextcloud-talk';
export type { RestDeclaration } from './providers/rest';
export { restProvider } from './providers/rest';
export { whereby } from './providers/whereby';
export type { ZoomOptions } from './providers/zoom';
export { zoom } from './providers/zoom';
export { zoomAccountGrant, zoomPersonalGrant } from './providers/zoom-grants';
