package dev.cairn.runners.cli;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.ParentMovedException;
import dev.cairn.pipelines.InputFailedException;
import dev.cairn.transforms.record.InputChangedException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What is said and which exit code is given when a command ends by an exception. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code = exitCode(error);
    if (code == ExitCode.BUG) {
      err.println("cairn: unexpected error; please report it with this trace");
      error.printStackTrace(err);
    } else {
      err.println("cairn: " + error.getMessage());
    }
    err.flush();
    return code;
  }

  private static int exitCode(Exception error) {
    if (error instanceof UsageException) {
      return ExitCode.USAGE;
    }
    if (error instanceof InputFailedException || error instanceof InputChangedException) {
      return ExitCode.INPUT_FAILED;
    }
    if (error instanceof IntegrityException || error instanceof MalformedContentException) {
      return ExitCode.INTEGRITY;
    }
    if (error instanceof TargetNotFoundException) {
      return ExitCode.NO_TARGET;
    }
    if (error instanceof ParentMovedException) {
      return ExitCode.CONFLICT;
    }
    return error instanceof IOException ? ExitCode.STORAGE : ExitCode.BUG;
  }
}
