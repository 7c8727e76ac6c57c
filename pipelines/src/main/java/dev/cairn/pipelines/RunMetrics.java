package dev.cairn.pipelines;

import dev.cairn.transforms.embed.ShardMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** What a job's steps told as metrics, by their names: see {@link ShardMetrics}. */
final class RunMetrics {
  private RunMetrics() {}

  /** Counters as numbers, distributions as their figures; attempted, for Flink commits none. */
  static Map<String, Object> of(MetricResults results) {
    MetricQueryResults told =
        results.queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.inNamespace(ShardMetrics.NAMESPACE))
                .build());
    Map<String, Object> metrics = new TreeMap<>();
    for (MetricResult<Long> counter : told.getCounters()) {
      metrics.merge(
          counter.getName().getName(),
          counter.getAttempted(),
          (a, b) -> ((Number) a).longValue() + ((Number) b).longValue());
    }
    for (MetricResult<DistributionResult> distribution : told.getDistributions()) {
      DistributionResult figures = distribution.getAttempted();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("count", figures.getCount());
      fields.put("sum", figures.getSum());
      fields.put("min", figures.getMin());
      fields.put("max", figures.getMax());
      metrics.put(distribution.getName().getName(), fields);
    }
    return metrics;
  }
}
