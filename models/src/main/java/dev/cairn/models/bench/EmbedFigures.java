package dev.cairn.models.bench;

/**
 * What {@link EmbedBenchmark} measured.
 *
 * @param texts how many texts
 * @param tokens of all texts, special ones counted
 * @param rawSetting the setting of the bare loop that was the fastest
 * @param rawTokensPerSecond of the bare loop at that setting; from the median of its rounds
 * @param cairnTokensPerSecond of Cairn's path; from the median of its rounds
 * @param ratio Cairn's speed by the bare loop's
 * @param cpuRatio the bare loop's processor time by Cairn's, from medians: says the same as {@code
 *     ratio}, but also on a machine that others use
 * @param maxAbsDifference the largest difference between any two floats of their vectors, one text
 *     a call
 */
public record EmbedFigures(
    int texts,
    long tokens,
    String rawSetting,
    double rawTokensPerSecond,
    double cairnTokensPerSecond,
    double ratio,
    double cpuRatio,
    double maxAbsDifference) {}
