/** Would not even parse at Google: .claspignore keeps it here. */
import { strict as assert } from 'node:assert';

assert.ok(followEvents);
