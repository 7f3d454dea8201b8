/** Cell component as prose writes it -> the cell's id, which is its address and its anchor. */
export const cellIds: Readonly<Record<string, string>> = {
  TimeToTrain: 'time-to-train',
  Conventions: 'conventions',
  PublishedRuns: 'published-runs',
  MyMfu: 'my-mfu',
};
