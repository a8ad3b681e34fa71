/** A conference as people join it. What of it an event shows stands in the event alone: nothing of this is stored. */

export interface PhoneNumber {
  /** E.164 or as the provider writes it; digits and + are kept. */
  number: string;
  /** ISO 3166 code. */
  region?: string;
  pin?: string;
}

/** A JWT that a join link needs. The adapter signs it and puts it behind the link, as `?jwt=`. */
export interface LinkToken {
  algorithm: 'HS256' | 'RS256';
  keyId?: string;
  /** Script Property with the shared secret, or with the private key (PEM, PKCS #8). */
  scriptProperty: string;
  claims: Readonly<Record<string, unknown>>;
}

/** How to join, as shown on the event. */
export interface Conference {
  /** The provider's id. */
  id: string;
  /** https link to join by video. */
  joinUrl: string;
  token?: LinkToken;
  meetingCode?: string;
  passcode?: string;
  phones?: PhoneNumber[];
  /** Shown below the link; plain text. */
  notes?: string;
}
