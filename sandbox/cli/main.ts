/**
 * The sandbox's program: reads the options, opens the state, serves or plays the story, and ends cleanly.
 *
 * Guarantees: what a person can put right is one sentence on stderr and exit code 2; never a stack trace.
 */
import { HELP, readOptions, UsageError } from './options';
import { serve } from './serve';
import { playStory } from './story';

const EXIT_USAGE = 2;
const EXIT_BUG = 1;

async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) process.stdout.write(HELP);
  else if (options.story) playStory(options, (line) => process.stdout.write(`${line}\n`));
  else await serve(options);
}

// Whoever reads our output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = EXIT_USAGE;
  } else {
    process.stderr.write(`The sandbox failed, and it is not your doing: ${(error as Error).stack ?? String(error)}\n`);
    process.exitCode = EXIT_BUG;
  }
});
