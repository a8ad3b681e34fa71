import type { HttpReply } from '../../world/exchange';

/** An answer that Zoom gives instead of doing it: its own code and sentence, and sometimes the fields that are wrong. */
export class ZoomRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly fields: ReadonlyArray<{ field: string; message: string }> = [],
  ) {
    super(message);
  }

  reply(): HttpReply {
    const { status, code, message, fields } = this;
    const body = { code, message, ...(fields.length > 0 && { errors: fields }) };
    return { status, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: JSON.stringify(body) };
  }
}

export function invalidField(field: string, message: string): ZoomRefusal {
  return new ZoomRefusal(400, 300, 'Validation Failed.', [{ field, message }]);
}

export function noSuchMeeting(id: string): ZoomRefusal {
  return new ZoomRefusal(404, 3001, `Meeting does not exist: ${id}.`);
}
