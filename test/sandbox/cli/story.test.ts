import { Running } from './running-program';

const tell = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await new Running('--story', ...args).ended;
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};

let story: string;

beforeAll(async () => {
  story = await tell();
});

/** The lines from the one that begins with `at` to the next empty one. */
function scene(at: string): string {
  const from = story.indexOf(`\n${at}  `);
  expect(from).toBeGreaterThan(0);
  return story.slice(from, story.indexOf('\n\n', from + 1));
}

describe('The story', () => {
  it('is the same every time, and another one for another seed', async () => {
    expect(await tell()).toBe(story);
    expect(await tell('--seed', 'another')).not.toBe(story);
  });

  it('gives an event a conference before it is saved, and tells it its title and time on the first sync', () => {
    expect(scene('08:00')).toMatch(/POST meet\.example\.com\/v1\/conferences -> 201[\s\S]*saves "Design review"/);
    expect(scene('08:00')).toMatch(/=> conference \S+ "Design review", on 2026-03-03, 10:00 to 11:00 Europe\/Zurich/);
  });

  it('costs nothing at the provider when a guest answers', () => {
    expect(scene('08:20')).toMatch(/events\.list -> 1 row\n +asks provider {3}nothing/);
  });

  it('moves the conference, makes it weekly and skips one Tuesday of it', () => {
    expect(scene('08:45')).toContain('is on 2026-03-03, 14:00 to 15:00 Europe/Zurich');
    expect(scene('09:30')).toContain('repeats: RRULE:FREQ=WEEKLY;COUNT=8');
    expect(scene('10:10')).toContain('skips 2026-03-17T13:00:00Z');
  });

  it('catches up after an outage without anybody doing anything', () => {
    expect(scene('11:15')).toMatch(/PATCH \S+ -> 503/);
    expect(scene('11:15')).not.toContain('=> conference');
    expect(story).toContain('is called "Review of the editor"');
  });

  it('ends the conference after the event was deleted, and leaves none behind', () => {
    expect(scene('14:00')).not.toContain('DELETE');
    expect(story).toMatch(
      /DELETE \S+ -> 204[\s\S]*=> conference \S+ is cancelled[\s\S]*no conference is left behind\.\n$/,
    );
  });
});
