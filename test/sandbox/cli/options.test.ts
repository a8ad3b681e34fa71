import { DEFAULT_PORT, readOptions, UsageError } from '../../../sandbox/cli/options';

function refusal(...args: string[]): string {
  try {
    readOptions(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('The command line', () => {
  it('needs nothing', () => {
    expect(readOptions([])).toMatchObject({ port: DEFAULT_PORT, dataDir: '.lockstep', fresh: false, users: [] });
  });

  it('takes users, switches and script properties more than once', () => {
    const options = readOptions(
      '--user a@example.com --user B@example.com --switch garbageTokenStatus=400 --switch moveKeepsId=false --script-property K=a=b'.split(
        ' ',
      ),
    );
    expect(options.users).toEqual(['a@example.com', 'b@example.com']);
    expect(options.switches).toMatchObject({ garbageTokenStatus: 400, moveKeepsId: false });
    expect(options.scriptProperties).toEqual([['K', 'a=b']]);
  });

  it('takes servers on this machine, by the host they stand for', () => {
    const { servers } = readOptions(['--server', 'video.example.com=http://127.0.0.1:9000/api']);
    expect(servers).toEqual([['video.example.com', 'http://127.0.0.1:9000/api']]);
    expect(refusal('--server', 'video.example.com')).toBe('--server takes HOST=URL, not "video.example.com".');
  });

  it('takes libraries, by the symbols of the manifest', () => {
    expect(readOptions(['--library', 'OAuth2=../oauth2/src']).libraries).toEqual([['OAuth2', '../oauth2/src']]);
    expect(refusal('--library', 'OAuth2')).toBe('--library takes NAME=DIR, not "OAuth2".');
  });

  it('takes a provider, which has a state of its own', () => {
    expect(readOptions(['--provider', 'janus'])).toMatchObject({ provider: 'janus', dataDir: '.lockstep/janus' });
    expect(readOptions(['--provider', 'janus', '--data', 'd'])).toMatchObject({ dataDir: 'd' });
    expect(refusal('--provider', 'toString')).toMatch(/^There is no provider "toString"\. There are: sample, zoom,/);
    expect(refusal('--provider', 'zoom', '--story')).toMatch(/^--story is told of the sample\./);
  });

  it('takes a file to import, whole or not', () => {
    expect(readOptions(['--import', 'a.ics'])).toMatchObject({ importFile: 'a.ics', strict: false });
    expect(readOptions(['--import', 'a.ics', '--strict'])).toMatchObject({ strict: true });
    expect(refusal('--strict')).toBe('--strict goes with --import FILE.ics. Leave it out, or name a file.');
  });

  it('says which option it does not know', () => {
    expect(refusal('--prot', '1')).toBe('There is no option --prot. --help lists the options.');
  });

  it('says what a port is', () => {
    expect(refusal('--port', '70000')).toBe('--port takes a number from 0 to 65535, not "70000".');
    expect(refusal('--port')).toMatch(/^Option '--port <value>' argument missing/);
  });

  it('says which switches and values there are', () => {
    expect(refusal('--switch', 'nope=1')).toMatch(/^Unknown switch "nope"\. Known: /);
    expect(refusal('--switch', 'moveKeepsId=maybe')).toBe('Switch moveKeepsId takes true or false, not maybe.');
    expect(refusal('--switch', '__proto__=1')).toMatch(/^Unknown switch "__proto__"\. Known: /);
    expect(refusal('--switch', 'constructor=1')).toMatch(/^Unknown switch "constructor"\. Known: /);
    expect(refusal('--switch', 'moveKeepsId')).toBe('--switch takes NAME=VALUE, not "moveKeepsId".');
  });

  it('refuses what is no address and what is no option', () => {
    expect(refusal('--user', 'ana')).toBe('--user takes an e-mail address, not "ana".');
  });

  it('tells whoever forgot the two dashes of npm about them', () => {
    expect(refusal('8960')).toBe(
      'There is nothing to do with "8960". Options stand behind two dashes that npm takes for itself, as in: ' +
        'npm start -- --port 8960. With --help instead it lists them.',
    );
  });
});
