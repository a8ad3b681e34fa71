/**
 * Puts an app on a port of 127.0.0.1, and takes it off again.
 *
 * Guarantees: never listens on another address; `close` waits for what is being answered, but not for readers of a
 * stream.
 */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

export const HOST = '127.0.0.1';

/** How long `close` waits for answers under way before it cuts them. */
const CLOSE_PATIENCE_MS = 2000;

export interface Listening {
  port: number;
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Thrown when the port cannot be had; the message says what to do. */
export class PortRefused extends Error {
  override name = 'PortRefused';
}

/** @param port 0 takes a free one. */
export async function listen(app: Hono, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refused(port, error)));
    server.listen(port, HOST, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { port: taken, url: `http://${HOST}:${taken}`, close: () => close(server) };
}

function refused(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    return new PortRefused(`Port ${port} is taken. Stop what listens there, or choose another with --port N.`);
  }
  if (error.code === 'EACCES')
    return new PortRefused(`Port ${port} needs rights you do not have. Choose one above 1023.`);
  return error;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
