#!/usr/bin/env bash
# Bree 9.2.9 (npm): a job for Sunday, written as 7, runs on Saturday.
#
# crontab takes 0 and 7 for Sunday, and so does cron-validate 1.5.3, with which Bree checks a job's expression before it gives it to @breejs/later 4.2.0.
# One guesses Sunday for 0 9 * * 7, and Friday to Sunday for 0 9 * * 5-7. They are Saturday, and Friday and Saturday: later counts days from 1 to 7 itself,
# and every 7 in an expression stays the 7 that is its Saturday. 0 is Sunday. So 6,7 is Saturday alone, and 1-7 leaves Sunday out.
# cron-parser 5.10.6 and croner 11.0.1 run on Sunday.
# What to do: write 0 for Sunday (0,5,6 in place of 5-7).
#
# Needs bash, node and npm. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund bree@9.2.9 @breejs/later@4.2.0 cron-validate@1.5.3 cron-parser@5.10.6 croner@11.0.1 > npm.log 2>&1 || { cat npm.log; exit 1; }
echo > job.js
cat > days.mjs <<'JS'
import later from '@breejs/later';
import Bree from 'bree';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { join } from 'node:path';

const from = new Date('2027-01-01T00:00:00Z');
const days = (all) => [...new Set(all.map((at) => at.toUTCString().slice(0, 3)))].join(' ');
for (const text of ['0 9 * * 7', '0 9 * * 0', '0 9 * * 5-7', '0 9 * * 6,7', '0 9 * * 1-7']) {
  const bree = new Bree({ root: false, logger: false, jobs: [{ name: 'job', path: join(process.cwd(), 'job.js'), cron: text }] });
  await bree.init();
  const taken = bree.config.jobs[0].interval;
  later.date.UTC();
  console.log(text, '- bree', days(later.schedule(taken).next(14, from)));
  const parser = CronExpressionParser.parse(text, { currentDate: from, tz: 'UTC' });
  console.log(text, '- cron-parser', days(Array.from({ length: 14 }, () => parser.next().toDate())));
  console.log(text, '- croner', days(new Cron(text, { timezone: 'UTC', paused: true }).nextRuns(14, from)));
}
JS
TZ=UTC node days.mjs > seen
cat seen
diff seen - <<'EXPECTED' && echo "as described: Sunday is a Saturday"
0 9 * * 7 - bree Sat
0 9 * * 7 - cron-parser Sun
0 9 * * 7 - croner Sun
0 9 * * 0 - bree Sun
0 9 * * 0 - cron-parser Sun
0 9 * * 0 - croner Sun
0 9 * * 5-7 - bree Fri Sat
0 9 * * 5-7 - cron-parser Fri Sat Sun
0 9 * * 5-7 - croner Fri Sat Sun
0 9 * * 6,7 - bree Sat
0 9 * * 6,7 - cron-parser Sat Sun
0 9 * * 6,7 - croner Sat Sun
0 9 * * 1-7 - bree Fri Sat Mon Tue Wed Thu
0 9 * * 1-7 - cron-parser Fri Sat Sun Mon Tue Wed Thu
0 9 * * 1-7 - croner Fri Sat Sun Mon Tue Wed Thu
EXPECTED
