package dev.cairn.runners.cli;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.ParentMovedException;
import dev.cairn.io.unixfs.RefusedPathException;
import dev.cairn.models.UnsupportedModelException;
import dev.cairn.models.token.TextRefusedException;
import dev.cairn.pipelines.AmbiguousInputException;
import dev.cairn.pipelines.InputFailedException;
import dev.cairn.pipelines.NumericsChangedException;
import dev.cairn.pipelines.RefusedOutputException;
import dev.cairn.pipelines.scan.ScanIncompleteException;
import dev.cairn.pipelines.search.SearchException;
import dev.cairn.runners.engine.JobCancelledException;
import dev.cairn.runners.engine.WorkerRefusedException;
import dev.cairn.runners.engine.cluster.ClusterException;
import dev.cairn.runners.job.JobBusyException;
import dev.cairn.transforms.embed.NumericsDifferException;
import dev.cairn.transforms.embed.ShardFailedException;
import dev.cairn.transforms.record.InputChangedException;
import dev.cairn.transforms.record.StoreNotSharedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What is said and which exit code is given when a command ends by an exception. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    if (error instanceof ResultException output && output.isUnwanted()) {
      return ExitCode.DONE;
    }
    PrintWriter err = command.getErr();
    int code = exitCode(error);
    if (StopSignal.isStopping()) {
      return code;
    }
    if (code == ExitCode.BUG) {
      err.println("cairn: unexpected error; please report it with this trace");
      error.printStackTrace(err);
    } else {
      err.println("cairn: " + message(error));
      if (Boolean.getBoolean("cairn.trace")) {
        error.printStackTrace(err);
      }
    }
    err.flush();
    return code;
  }

  /** What a person is told: some errors of the JDK carry a path only, or nothing. */
  private static String message(Exception error) {
    if (error instanceof FileSystemException file) {
      return "Cannot access file: " + file.getFile() + " (" + why(file) + ")";
    }
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  /** The JDK tells the most frequent reasons by type alone. */
  private static String why(FileSystemException error) {
    if (error.getReason() != null) {
      return error.getReason();
    }
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    return error instanceof FileAlreadyExistsException ? "it exists" : "file system error";
  }

  private static int exitCode(Exception error) {
    if (error instanceof ShardFailedException && error.getCause() instanceof Exception cause) {
      return exitCode(cause);
    }
    if (error instanceof JobCancelledException) {
      return ExitCode.TERMINATED;
    }
    if (error instanceof UsageException
        || error instanceof UnsupportedModelException
        || error instanceof SearchException
        || error instanceof TextRefusedException
        || error instanceof RefusedPathException
        || error instanceof AmbiguousInputException
        || error instanceof RefusedOutputException
        || error instanceof NumericsChangedException
        || error instanceof NumericsDifferException
        || error instanceof StoreNotSharedException
        || error instanceof WorkerRefusedException
        || error instanceof ClusterException) {
      return ExitCode.USAGE;
    }
    if (error instanceof InputFailedException
        || error instanceof InputChangedException
        || error instanceof ScanIncompleteException) {
      return ExitCode.INPUT_FAILED;
    }
    if (error instanceof IntegrityException || error instanceof MalformedContentException) {
      return ExitCode.INTEGRITY;
    }
    if (error instanceof TargetNotFoundException) {
      return ExitCode.NO_TARGET;
    }
    if (error instanceof ParentMovedException || error instanceof JobBusyException) {
      return ExitCode.CONFLICT;
    }
    return error instanceof IOException ? ExitCode.STORAGE : ExitCode.BUG;
  }
}
