package dev.cairn.runners.cli;

import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Ref;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn refs}: all refs and where they are. */
@Command(name = "refs", description = "Lists the refs.", mixinStandardHelpOptions = true)
final class RefsCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (LocalStore store = home.openLocal()) {
      for (String name : store.refs().list()) {
        Ref ref = store.refs().current(name);
        if (ref != null) {
          print(ref, Commit.from(store.get(ref.commit())));
        }
      }
    }
    return ExitCode.DONE;
  }

  private void print(Ref ref, Commit commit) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ref", ref.name());
    fields.put("commit", ref.commit().toString());
    fields.put("dataset", commit.dataset().toString());
    output.result(fields, ref.name() + " " + commit.dataset() + " " + commit.time());
  }
}
