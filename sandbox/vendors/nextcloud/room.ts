/** What a conversation of Nextcloud Talk is: the stored record, and the resource that its owner is shown. */

export interface TalkRoom {
  /** Numeric id; the token is what addresses and links carry. */
  id: number;
  token: string;
  owner: string;
  type: number;
  name: string;
  description: string;
  /** 0: open; 1: only moderators get past the lobby. */
  lobbyState: number;
  /** Unix seconds when the lobby opens by itself; 0: it does not. */
  lobbyTimer: number;
  /** An administrator keeps it from being deleted. */
  preserved: boolean;
  createdMs: number;
}

export const PUBLIC = 3;
export const OPEN = 0;
export const MODERATORS_ONLY = 1;

/** The lobby as it is now: one whose time has come is open. */
export function lobbyOf({ lobbyState, lobbyTimer }: TalkRoom, nowMs: number): { state: number; timer: number } {
  const opened = lobbyState === MODERATORS_ONLY && lobbyTimer > 0 && lobbyTimer * 1_000 <= nowMs;
  return opened ? { state: OPEN, timer: 0 } : { state: lobbyState, timer: lobbyTimer };
}

/** What no operation here touches stands as a new conversation has it. */
const UNTOUCHED = {
  actorType: 'users',
  attendeePermissions: 0,
  attendeePin: '',
  avatarVersion: 'd4c9b2a1',
  breakoutRoomMode: 0,
  breakoutRoomStatus: 0,
  callFlag: 0,
  callPermissions: 0,
  callRecording: 0,
  callStartTime: 0,
  canDeleteConversation: true,
  canEnableSIP: false,
  canLeaveConversation: false,
  canStartCall: true,
  defaultPermissions: 0,
  hasCall: false,
  hasPassword: false,
  isArchived: false,
  isCustomAvatar: false,
  isFavorite: false,
  lastCommonReadMessage: 0,
  lastPing: 0,
  lastReadMessage: 0,
  listable: 0,
  mentionPermissions: 0,
  messageExpiration: 0,
  notificationCalls: 1,
  notificationLevel: 1,
  objectId: '',
  objectType: '',
  participantFlags: 0,
  /** The owner. */
  participantType: 1,
  /** Everything. */
  permissions: 254,
  readOnly: 0,
  recordingConsent: 0,
  sessionId: '0',
  sipEnabled: 0,
  unreadMention: false,
  unreadMentionDirect: false,
  unreadMessages: 0,
};

export function resourceOf(room: TalkRoom, nowMs: number) {
  const { id, token, owner, type, name, description, createdMs } = room;
  const lobby = lobbyOf(room, nowMs);
  return {
    ...UNTOUCHED,
    ...{ id, token, type, name, description },
    displayName: name,
    actorId: owner,
    attendeeId: id,
    lobbyState: lobby.state,
    lobbyTimer: lobby.timer,
    lastActivity: Math.floor(createdMs / 1_000),
  };
}
