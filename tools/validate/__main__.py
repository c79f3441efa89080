"""`make validate`: send invented people, whose truth is known, through the whole product, and compare.

Exits with 1 if a limit is missed. A short run (--quick) widens each limit by four standard errors of its
smaller number of results, so it finds what is grossly wrong and nothing finer.
"""

import argparse
import sys
from collections.abc import Sequence

from pulse.cli.progress import showing_progress
from tools.validate.findings import lines_of
from tools.validate.running import FULL, QUICK, Job, jobs_of, run_all
from tools.validate.site import PipelineFailed
from tools.validate.table import Slack, table, verdict

SEED = 2027
_QUICK_SLACK = Slack(4.0)


def main(arguments: Sequence[str]) -> int:
    """Run every scenario and print the table; 0 if every limit is met."""
    parser = argparse.ArgumentParser(prog="python -m tools.validate", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help=f"what everything is drawn from ({SEED})")
    parser.add_argument("--quick", action="store_true", help="a few runs, and limits as wide as they need")
    parser.add_argument("--processes", type=int, default=2, help="processes side by side (2)")
    given = parser.parse_args(arguments)
    if given.seed < 0 or given.processes < 1:
        parser.error("the seed must be 0 or more, and there must be a process")
    jobs = jobs_of(QUICK if given.quick else FULL, given.seed)
    with showing_progress("Validation", sum(job.waves for job in jobs)) as tell:

        def done(job: Job) -> None:
            tell(f"{job.scenario} ({job.waves} waves a run)", job.waves)

        try:
            seen = run_all(jobs, given.processes, done)
        except PipelineFailed as failure:
            print(failure, file=sys.stderr)
            return 1
    lines = lines_of(seen, _QUICK_SLACK if given.quick else Slack())
    print(table(lines))
    print(verdict(lines))
    return 0 if all(line.met is not False for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
