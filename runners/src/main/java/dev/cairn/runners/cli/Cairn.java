package dev.cairn.runners.cli;

import dev.cairn.runners.run.HomeRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code cairn} command. */
@Command(
    name = "cairn",
    description = "Embeds text datasets into verifiable, content-addressed datasets.",
    mixinStandardHelpOptions = true,
    versionProvider = Cairn.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EmbedCommand.class,
      ScanCommand.class,
      ConvertCommand.class,
      AddCommand.class,
      GetCommand.class,
      CatCommand.class,
      LsCommand.class,
      VerifyCommand.class,
      ShowCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      ModelsCommand.class,
      RefsCommand.class,
      LogCommand.class,
      DiffCommand.class,
      RollbackCommand.class,
      PruneCommand.class,
      ForgetCommand.class,
      VectorCommand.class,
      PinCommand.class,
      UnpinCommand.class,
      PinsCommand.class,
      GcCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      SyncCommand.class,
      PublishCommand.class,
      StatusCommand.class,
      RunsCommand.class,
      JobCommand.class,
      JobsCommand.class,
      ClusterCommand.class,
      BenchCommand.class
    })
public final class Cairn implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private Cairn() {}

  /** The command with its error handling, not yet bound to any stream. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Cairn());
    command.addMixin("home", new HomeOptions());
    for (CommandLine named : command.getSubcommands().values()) {
      boolean has =
          named.getCommandSpec().mixins().values().stream()
              .anyMatch(mixin -> mixin.userObject() instanceof HomeOptions);
      if (!named.getSubcommands().isEmpty() && !has) {
        named.addMixin("home", new HomeOptions());
      }
    }
    command.setExecutionExceptionHandler(new Failures());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.registerConverter(Path.class, new PathConverter());
    return command;
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    CommandLine command = commandLine();
    ResultStream results = new ResultStream();
    command.setOut(new PrintWriter(results, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    int code = command.execute(arguments);
    command.getOut().flush();
    ResultException lost = results.failure();
    if (code == ExitCode.DONE && lost != null && !lost.isUnwanted()) {
      command.getErr().println("cairn: " + lost.getMessage());
      code = ExitCode.STORAGE;
    }
    remember(code, command.getErr());
    System.exit(code);
  }

  private static void remember(int code, PrintWriter err) {
    try {
      HomeRuns.ended(StopSignal.isStopping() ? ExitCode.TERMINATED : code);
    } catch (IOException e) {
      err.println("cairn: Cannot remember exit code: " + e.getMessage());
    }
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command (see cairn --help)");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Cairn.class.getPackage().getImplementationVersion();
      return new String[] {"cairn " + (version == null ? "(not packaged)" : version)};
    }
  }
}
