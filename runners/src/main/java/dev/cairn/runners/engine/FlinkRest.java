package dev.cairn.runners.engine;

import dev.cairn.io.block.Waits;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.util.ExceptionUtils;

/**
 * The REST interface of a Flink cluster: each method asks once and waits some seconds at most. Safe
 * for use by several threads.
 */
public final class FlinkRest implements Closeable {
  private static final long PATIENCE_SECONDS = 20;
  private static final int NOT_FOUND = 404;
  private static final String METRICS = "__metricscontainers";
  private static final long CONNECT_MILLIS = 5_000;

  private final String address;
  private final RestClusterClient<StandaloneClusterId> client;

  private FlinkRest(String address, RestClusterClient<StandaloneClusterId> client) {
    this.address = address;
    this.client = client;
  }

  /**
   * A cluster's REST interface; nothing is asked yet.
   *
   * @param address {@code HOST:PORT}
   */
  public static FlinkRest at(FlinkAddress address) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, address.host());
    configuration.set(RestOptions.PORT, address.port());
    configuration.set(JobManagerOptions.ADDRESS, address.host());
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, CONNECT_MILLIS);
    try {
      return new FlinkRest(
          address.toString(),
          new RestClusterClient<>(configuration, StandaloneClusterId.getInstance()));
    } catch (Exception e) { // what its constructor declares
      throw new IOException("Cannot talk to Flink: " + address + " (HOST:PORT)", e);
    }
  }

  /** TaskManagers, slots and jobs. */
  public ClusterOverviewWithVersion overview() throws IOException {
    return answer(client.getClusterOverview());
  }

  /** All jobs of a name that the cluster remembers, the youngest first. */
  List<JobStatusMessage> jobs(String name) throws IOException {
    Collection<JobStatusMessage> all = answer(client.listJobs());
    List<JobStatusMessage> found = new ArrayList<>();
    for (JobStatusMessage job : all) {
      if (job.getJobName().equals(name)) {
        found.add(job);
      }
    }
    found.sort((a, b) -> Long.compare(b.getStartTime(), a.getStartTime()));
    return found;
  }

  /** How a job ended; only for one that has. */
  JobResult result(JobID job) throws IOException {
    return answer(client.requestJobResult(job));
  }

  /** Ends a job. */
  void cancel(JobID job) throws IOException {
    answer(client.cancel(job));
  }

  /** The failures of a job's tasks that Flink remembers, also of those that it tried again. */
  List<Setback> setbacks(JobID job) throws IOException {
    JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
    parameters.jobPathParameter.resolve(job);
    return answer(
            client.sendRequest(
                JobExceptionsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance()))
        .getExceptionHistory()
        .getEntries()
        .stream()
        .map(Setback::of)
        .toList();
  }

  /** The metrics of Beam that a job has told when it ended. */
  MetricsContainerStepMap metrics(JobID job) throws IOException {
    // Not by the accumulators' own address, which answers from a cache of three seconds.
    var told = result(job).getAccumulatorResults().get(METRICS);
    if (told == null) {
      return new MetricsContainerStepMap();
    }
    try {
      Object value = told.deserializeValue(FlinkRest.class.getClassLoader()).getUnchecked();
      return (MetricsContainerStepMap) value;
    } catch (ClassNotFoundException e) {
      throw new IOException("Cannot read metrics: " + job + " (of this Beam)", e);
    }
  }

  private <T> T answer(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw Waits.interrupted("asking Flink", e);
    } catch (ExecutionException e) {
      if (ExceptionUtils.findThrowable(e, RestClientException.class)
          .filter(no -> no.getHttpResponseStatus().code() == NOT_FOUND)
          .isPresent()) {
        throw new NoSuchFlinkJobException(address, e);
      }
      throw new FlinkSilentException(address, e);
    } catch (TimeoutException e) {
      throw new FlinkSilentException(address, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
