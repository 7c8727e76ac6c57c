package dev.cairn.runners.engine;

import dev.cairn.pipelines.JobLostException;
import java.io.IOException;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Finds the error that a step threw in what an engine wrapped around it. */
final class JobFailure {
  private JobFailure() {}

  /** The first typed error among an exception's causes; the exception is thrown if none is. */
  static IOException of(RuntimeException wrapper) {
    IOException found = find(wrapper.getCause());
    if (found != null) {
      return found;
    }
    throw wrapper;
  }

  /**
   * The same of a failure that a cluster tells; a job that failed of the cluster itself is lost.
   */
  static IOException of(String job, @Nullable Throwable failure) {
    IOException found = find(failure);
    return found == null ? new JobLostException(job, failure) : found;
  }

  private static @Nullable IOException find(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SerializedThrowable serialized) {
        Throwable told = serialized.deserializeError(JobFailure.class.getClassLoader());
        cause = told == serialized ? serialized.getCause() : told;
      } else if (cause instanceof IOException error) {
        return error;
      } else {
        cause = cause.getCause();
      }
    }
    return null;
  }
}
