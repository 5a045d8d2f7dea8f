/**
 * Does one job at a time. While it is at work only the last job that came waits; those before it are not done, and their answer
 * is undefined.
 */
export function lastOnly<Job, Answer>(work: (job: Job) => Promise<Answer>): (job: Job) => Promise<Answer | undefined> {
  let waiting: { readonly job: Job; readonly resolve: (answer: Promise<Answer> | undefined) => void } | undefined;
  let isBusy = false;

  async function run(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let next = waiting; next; next = waiting) {
      waiting = undefined;
      const answer = work(next.job);
      next.resolve(answer);
      await answer.catch(() => {});
    }
    isBusy = false;
  }

  return (job) =>
    new Promise((resolve) => {
      waiting?.resolve(undefined);
      waiting = { job, resolve };
      void run();
    });
}
